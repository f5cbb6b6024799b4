package brink.monitor.outcome;

import brink.v1.RegimeChanged;
import org.jspecify.annotations.Nullable;

/**
 * How a run came to the edge.
 *
 * @param step best estimate of the step; null where only the detection is known
 * @param low lower end of its 95 % interval; null where there is none
 * @param high upper end
 * @param detectedAt step whose event brought the verdict
 */
public record EdgeEntry(
    @Nullable Long step, @Nullable Long low, @Nullable Long high, long detectedAt) {
  static EdgeEntry of(RegimeChanged change) {
    return new EdgeEntry(
        change.hasOnsetStep() ? (Long) change.getOnsetStep() : null,
        change.hasOnsetLow() ? (Long) change.getOnsetLow() : null,
        change.hasOnsetHigh() ? (Long) change.getOnsetHigh() : null,
        change.getDetectedAtStep());
  }

  /** The estimate, or the detection where there is none. */
  public long best() {
    return step == null ? detectedAt : step;
  }
}
