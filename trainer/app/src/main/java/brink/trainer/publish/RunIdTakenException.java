package brink.trainer.publish;

/** Another trainer was first to start a run of this id; the message is one line with the remedy. */
public final class RunIdTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunIdTakenException(String message) {
    super(message);
  }
}
