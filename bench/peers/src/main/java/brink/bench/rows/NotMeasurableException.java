package brink.bench.rows;

/** This machine lacks what a row needs; the message says what. */
public final class NotMeasurableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is missing. */
  public NotMeasurableException(String message) {
    super(message);
  }
}
