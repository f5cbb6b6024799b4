package brink.schemas;

import org.jspecify.annotations.Nullable;

/** Kafka cannot be used as it is set up; the message is one line that says what to do. */
public sealed class KafkaSetupException extends RuntimeException
    permits KafkaRightException, KafkaUnreachableException {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public KafkaSetupException(String message) {
    super(message);
  }

  /** With a message for people and the cause for the log. */
  public KafkaSetupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
