package brink.monitor.web;

/** A parameter that cannot be; the message is a sentence for the client. */
final class ParameterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ParameterException(String message) {
    super(message);
  }
}
