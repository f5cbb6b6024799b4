package brink.schemas;

import org.jspecify.annotations.Nullable;

/** No broker answers, which may pass: whoever has the time may try again. */
public final class KafkaUnreachableException extends KafkaSetupException {
  private static final long serialVersionUID = 1L;

  /** With a message for people and the cause for the log. */
  public KafkaUnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message for people. */
  public KafkaUnreachableException(String message) {
    super(message);
  }
}
