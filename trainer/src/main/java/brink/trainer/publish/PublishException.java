package brink.trainer.publish;

import org.jspecify.annotations.Nullable;

/** Kafka did not take a record; the message is one line that names the run and the remedy. */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PublishException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Names the run, what was not taken and why. */
  public static PublishException of(String runId, String what, @Nullable Throwable cause) {
    String why = cause == null ? "no reason given" : String.valueOf(cause.getMessage());
    return new PublishException(
        "run %s: Kafka did not take %s: %s; check the broker and the topics with ./brink doctor"
            .formatted(runId, what, why),
        cause);
  }
}
