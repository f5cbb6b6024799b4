package brink.trainer.cli;

/** Options that do not fit together; the message is one line that says what to do. */
public final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OptionException(String message) {
    super(message);
  }
}
