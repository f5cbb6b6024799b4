package brink.monitor.regime;

import brink.monitor.flow.RateComparison;
import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/**
 * One step as the detector sees it.
 *
 * @param step the step
 * @param reading its stability ratio
 * @param oscillation whether it oscillates
 * @param rates the flow's rates, where a fit was due
 */
record Moment(
    SphericalStep step,
    @Nullable RatioReading reading,
    Oscillation oscillation,
    @Nullable RateComparison rates) {

  /** Below the edge: where s is measured it must be so, and near 1 the step must not oscillate. */
  boolean isCalm(DetectorSettings settings) {
    if (reading == null || !reading.source().measured()) {
      return oscillation == Oscillation.NO;
    }
    return reading.value() < settings.edgeRatio()
        || (reading.value() < 1 && oscillation == Oscillation.NO);
  }
}
