package brink.monitor.cli;

import brink.monitor.replay.RecordedRun;
import brink.monitor.replay.StepCount;
import brink.v1.StepObserved;
import java.util.function.Consumer;

/**
 * The steps of one run as they stand in Kafka: all of them, in the order of the topic.
 *
 * @param count takes note of those that are there
 */
record RecordedSteps(RecordedRun run, StepCount count) {
  /** Hands over the steps one by one; records that cannot be read are in brink.rejected, whole. */
  void forEach(Consumer<StepObserved> action) {
    run.readableSteps(
        step -> {
          count.found(step);
          action.accept(step);
        });
  }
}
