package brink.monitor.replay;

import brink.schemas.BrinkSerdes;
import brink.v1.StepObserved;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The steps of one run as they stand in Kafka: all of them, in the order of the topic.
 *
 * @param count takes note of those that are there
 */
public record RecordedSteps(RecordedRun run, StepCount count) {
  /** Hands over the steps one by one; records that cannot be read are in brink.rejected, whole. */
  public void forEach(Consumer<StepObserved> action) {
    Deserializer<StepObserved> values = BrinkSerdes.steps().deserializer();
    run.steps(
        record -> {
          StepObserved step;
          try {
            step = values.deserialize(record.topic(), record.headers(), record.value());
          } catch (SerializationException e) {
            return;
          }
          if (step != null) {
            count.found(step);
            action.accept(step);
          }
        });
  }
}
