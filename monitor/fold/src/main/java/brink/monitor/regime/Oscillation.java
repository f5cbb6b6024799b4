package brink.monitor.regime;

import brink.monitor.geometry.AngularStep;
import brink.monitor.geometry.GradientNoise;
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
   * Whether the step may be nothing but rounding. How far it is below the flow's level says
   * nothing: α² = 8η_in/(4 + G²), and G² of 150,000 was seen at the edge.
   */
  static boolean isAtRest(SphericalStep step, GradientNoise noise, DetectorSettings settings) {
    double factor = settings.oscillation().noiseFactor();
    double floor = factor * factor * noise.angularStepSquared(step);
    return step.angularStepSquared() < Math.max(settings.oscillation().oscillationFloor(), floor);
  }

  /**
   * What one step does.
   *
   * @param atRest whether it may be nothing but rounding
   */
  static Oscillation of(
      SphericalStep step, boolean atRest, @Nullable RatioReading ratio, DetectorSettings settings) {
    if (atRest) {
      return NO;
    }
    Double cosine = step.gradientCosine();
    if (cosine != null) {
      return cosine < settings.oscillation().oscillationCosine()
          ? YES
          : cosine > settings.oscillation().quietCosine() ? NO : UNDECIDED;
    }
    return ratio == null ? UNDECIDED : fromRatio(step, ratio, settings);
  }

  // Without a cosine the level of α² is the witness: at the edge it is at most 2η_in to leading
  // order.
  private static Oscillation fromRatio(
      SphericalStep step, RatioReading ratio, DetectorSettings settings) {
    if (ratio.value() < settings.edge().edgeRatio()) {
      return NO;
    }
    double share = AngularStep.share(step.angularStepSquared(), step.alternatingIntrinsicRate());
    return share >= settings.oscillation().oscillationShare()
            && share < settings.catapult().catapultRatio()
        ? YES
        : UNDECIDED;
  }
}
