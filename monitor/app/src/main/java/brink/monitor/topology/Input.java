package brink.monitor.topology;

import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import org.jspecify.annotations.Nullable;

/** What a record of {@code brink.runs} or {@code brink.steps} says. */
sealed interface Input {
  /** A run began. */
  record Started(RunStarted event) implements Input {}

  /** A step was taken. */
  record Step(StepObserved event) implements Input {}

  /** A run ended. */
  record Ended(RunEnded event) implements Input {}

  /**
   * Nothing that can be folded.
   *
   * @param runId run it belongs to; empty where it could not be read
   * @param step step it belongs to; null where it could not be read
   */
  record Unusable(RejectionReason reason, String detail, String runId, @Nullable Long step)
      implements Input {}
}
