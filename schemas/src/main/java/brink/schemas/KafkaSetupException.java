package brink.schemas;

/** Kafka cannot be used as it is set up; the message is one line that says what to do. */
public final class KafkaSetupException extends RuntimeException {
  /** With a message for people. */
  public KafkaSetupException(String message) {
    super(message);
  }

  /** With a message for people and the cause for the log. */
  public KafkaSetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
