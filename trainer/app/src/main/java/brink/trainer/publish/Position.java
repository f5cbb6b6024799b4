package brink.trainer.publish;

import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far a run was published at some moment.
 *
 * @param lastStep the last step that was handed to Kafka; empty before the first
 * @param lastStepTimestamp its record timestamp, milliseconds since 1970; 0 before the first
 * @param step acknowledgement of the newest step; null before the first
 * @param gradient acknowledgement of the newest chunk of a gradient; null before the first
 */
public record Position(
    OptionalLong lastStep,
    long lastStepTimestamp,
    @Nullable Future<RecordMetadata> step,
    @Nullable Future<RecordMetadata> gradient) {
  /**
   * Whether Kafka has every step up to then, and every gradient that is not lost. The records of a
   * run lie in one partition of each topic and are acknowledged in order, so that the newest speaks
   * for all.
   */
  public boolean isAcknowledged() {
    return (step == null || step.state() == Future.State.SUCCESS)
        && (gradient == null || gradient.isDone());
  }
}
