package brink.trainer.flow;

/** A predicted trajectory cannot start or go on; the message is a sentence that says why. */
final class FlowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FlowException(String message) {
    super(message);
  }

  FlowException(String message, Throwable cause) {
    super(message, cause);
  }
}
