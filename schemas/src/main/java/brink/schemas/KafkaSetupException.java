package brink.schemas;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** Kafka cannot be used as it is set up; the message is one line that says what to do. */
public sealed class KafkaSetupException extends RuntimeException permits KafkaUnreachableException {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public KafkaSetupException(String message) {
    super(message);
  }

  /** With a message for people and the cause for the log. */
  public KafkaSetupException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * With a message for people and what a client of Kafka ended with: {@link
   * KafkaUnreachableException} where that may pass.
   */
  public static KafkaSetupException of(String message, KafkaException cause) {
    return cause instanceof RetriableException
        ? new KafkaUnreachableException(message, cause)
        : new KafkaSetupException(message, cause);
  }
}
