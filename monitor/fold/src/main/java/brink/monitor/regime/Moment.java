package brink.monitor.regime;

import brink.monitor.flow.EdgeReading;
import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/**
 * One step as the detector sees it.
 *
 * @param step the step
 * @param atRest whether it moves too little for an edge
 * @param reading its stability ratio
 * @param alongMove the same along the last move, from gradients alone; null at rest
 * @param oscillation whether it oscillates
 * @param fit what the fit at the edge says, where one was due
 */
record Moment(
    SphericalStep step,
    boolean atRest,
    @Nullable RatioReading reading,
    @Nullable RatioReading alongMove,
    Oscillation oscillation,
    @Nullable EdgeReading fit) {

  /** Below the edge: no oscillation, and where s is measured it must be below 1. */
  boolean isCalm(DetectorSettings settings) {
    if (reading == null || !reading.source().measured()) {
      return oscillation == Oscillation.NO;
    }
    double highest = oscillation == Oscillation.NO ? 1 : settings.edge().edgeRatio();
    return reading.value() < highest && oscillation != Oscillation.YES;
  }
}
