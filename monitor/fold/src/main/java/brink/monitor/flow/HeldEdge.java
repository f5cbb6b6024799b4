package brink.monitor.flow;

import org.jspecify.annotations.Nullable;

/**
 * How s drifts over the newest bins. The flow's own clock goes by dp = dτ − ½·d ln s
 * (docs/theory.md), so that rates are per unit of τ times this clock's share of it.
 *
 * @param clock dp/dτ = 1 − ½·d ln s/dτ
 * @param clockError its standard error
 * @param isHeld whether the oscillation holds s at all: where it does not, between two bursts, s
 *     drifts at 2 per unit of flow time and there is nothing to fit
 */
record HeldEdge(double clock, double clockError, boolean isHeld) {
  static HeldEdge of(@Nullable LocalFit logRatio, FlowSettings settings) {
    if (logRatio == null) {
      return new HeldEdge(1, 0, true);
    }
    return new HeldEdge(
        1 - logRatio.rate() / 2,
        logRatio.rateError() / 2,
        Math.abs(logRatio.rate()) <= settings.reach().heldDrift());
  }
}
