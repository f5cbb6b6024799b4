package brink.monitor.replay;

import brink.v1.RegimeChanged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which verdicts are of interest, by the step that brought them.
 *
 * @param from first step; null for the run's first
 * @param to last step; null for the run's last
 */
public record StepRange(@Nullable Long from, @Nullable Long to) {
  /** Every step. */
  public static final StepRange ALL = new StepRange(null, null);

  public StepRange {
    requireStep("--from-step", from);
    requireStep("--to-step", to);
    if (from != null && to != null && from > to) {
      throw new IllegalArgumentException(
          "no step is from %d to %d; swap --from-step and --to-step".formatted(from, to));
    }
  }

  private static void requireStep(String option, @Nullable Long step) {
    if (step != null && step < 0) {
      throw new IllegalArgumentException(option + " must be 0 or more, found " + step);
    }
  }

  /** Those changes that were detected in the range. */
  public List<RegimeChanged> of(List<RegimeChanged> changes) {
    return changes.stream().filter(change -> contains(change.getDetectedAtStep())).toList();
  }

  /** Whether there is a change and it was detected in the range. */
  boolean holds(@Nullable RegimeChanged change) {
    return change != null && contains(change.getDetectedAtStep());
  }

  private boolean contains(long step) {
    return (from == null || step >= from) && (to == null || step <= to);
  }
}
