package brink.schemas;

import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidTimestampException;
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
        "run %s: Kafka did not take %s: %s; %s".formatted(runId, what, why, remedy(cause)), cause);
  }

  /** The same with what became of the run. */
  public PublishException with(String consequence) {
    return new PublishException(getMessage() + "; " + consequence, this);
  }

  private static String remedy(@Nullable Throwable cause) {
    if (cause instanceof InvalidTimestampException) {
      return "set this machine's clock and the broker's (date shows it, NTP keeps it right)";
    }
    return Optional.ofNullable(cause)
        .flatMap(
            failure -> KafkaTrouble.remedy(failure, KafkaRight.ofAllTopics(AclOperation.WRITE)))
        .orElse("check the broker and the topics with ./brink doctor");
  }
}
