package brink.schemas;

import org.jspecify.annotations.Nullable;

/** The user lacks a right in Kafka; the message names it and the command that grants it. */
public final class KafkaRightException extends KafkaSetupException {
  private static final long serialVersionUID = 1L;

  KafkaRightException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
