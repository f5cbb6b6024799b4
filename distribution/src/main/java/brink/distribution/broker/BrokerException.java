package brink.distribution.broker;

/** The embedded broker cannot run; the message is one line that says what to do. */
public final class BrokerException extends RuntimeException {
  BrokerException(String message) {
    super(message);
  }

  BrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
