package brink.monitor.regime;

import brink.monitor.geometry.AngularStep;
import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/** Whether one step oscillates with period two. */
enum Oscillation {
  /** The gradient alternates, well above rounding. */
  YES,
  /** It does not, or is too small for an edge. */
  NO,
  /** Between the two thresholds, or not to be told from what was measured. */
  UNDECIDED;

  /**
   * Whether the step is too small for an edge: below the flow's own level, or at the level of
   * rounding.
   */
  static boolean isAtRest(SphericalStep step, DetectorSettings settings) {
    double floor =
        Math.max(
            settings.oscillationFloor(),
            settings.oscillationShare() * 2 * step.alternatingIntrinsicRate());
    return step.angularStepSquared() < floor;
  }

  static Oscillation of(
      SphericalStep step, @Nullable RatioReading ratio, DetectorSettings settings) {
    if (isAtRest(step, settings)) {
      return NO;
    }
    Double cosine = step.gradientCosine();
    if (cosine != null) {
      return cosine < settings.oscillationCosine()
          ? YES
          : cosine > settings.quietCosine() ? NO : UNDECIDED;
    }
    return ratio == null ? UNDECIDED : fromRatio(step, ratio, settings);
  }

  // Without a cosine the level of α² is the witness: at the edge it is at most 2η_in to leading
  // order.
  private static Oscillation fromRatio(
      SphericalStep step, RatioReading ratio, DetectorSettings settings) {
    if (ratio.value() < settings.edgeRatio()) {
      return NO;
    }
    double share = AngularStep.share(step.angularStepSquared(), step.alternatingIntrinsicRate());
    return share < settings.catapultRatio() ? YES : UNDECIDED;
  }
}
