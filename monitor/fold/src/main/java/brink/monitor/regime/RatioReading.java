package brink.monitor.regime;

import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.PairMean;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.geometry.StabilityRatio;
import org.jspecify.annotations.Nullable;

/**
 * The stability ratio that one step gives, and how it was had.
 *
 * @param value s
 * @param error error of this one value
 * @param source how it was had
 */
record RatioReading(double value, double error, RatioSource source) {
  /**
   * At the edge an iterate is off by one phase of the orbit: ±0.054 at η_in = 2e-4, ±0.12 at 1e-3,
   * which is 3.8·√η_in.
   */
  private static final double PHASE_OFFSET = 4;

  /**
   * The best reading that a step allows: at the midpoint, else the mean of two adjacent iterates,
   * else one iterate, else from gradients.
   *
   * @param step the step
   * @param before the step directly before it; null where it is missing
   * @param oscillating whether the gradient is far enough from rounding for gradient ratios to mean
   *     something
   */
  static @Nullable RatioReading of(
      SphericalStep step, @Nullable SphericalStep before, boolean oscillating) {
    Curvature midpoint = step.midpoint();
    if (midpoint != null) {
      return at(step, midpoint, RatioSource.MIDPOINT);
    }
    Curvature iterate = step.iterate();
    if (iterate != null) {
      return ofIterates(step, iterate, before, oscillating);
    }
    return oscillating ? ofGradients(step, before) : null;
  }

  private static RatioReading at(SphericalStep step, Curvature curvature, RatioSource source) {
    double error = StabilityRatio.of(step.alternatingLearningRate(), curvature.error());
    return new RatioReading(step.stabilityRatio(curvature), error, source);
  }

  private static RatioReading ofIterates(
      SphericalStep step, Curvature here, @Nullable SphericalStep before, boolean oscillating) {
    RatioReading single = at(step, here, RatioSource.ITERATE);
    Curvature earlier = before == null ? null : before.iterate();
    if (before != null && earlier != null) {
      RatioReading other = at(before, earlier, RatioSource.ITERATE);
      return new RatioReading(
          PairMean.of(other.value, single.value),
          Math.max(single.error, other.error),
          RatioSource.ITERATE_PAIR);
    }
    double phase = oscillating ? PHASE_OFFSET * Math.sqrt(step.alternatingIntrinsicRate()) : 0;
    return new RatioReading(single.value, single.error + phase, RatioSource.ITERATE);
  }

  /** Without sharpness: along the last move. */
  static @Nullable RatioReading ofGradients(SphericalStep step, @Nullable SphericalStep before) {
    Double curvature = step.directionalCurvature();
    if (curvature != null) {
      double s =
          StabilityRatio.fromDirectionalCurvature(
              step.alternatingLearningRate(), step.weightNormSquared(), curvature);
      return new RatioReading(s, 0, RatioSource.GRADIENTS);
    }
    Double cosine = step.gradientCosine();
    if (cosine == null || before == null || before.gradientNormSquared() == 0) {
      return null;
    }
    double growth = Math.sqrt(step.gradientNormSquared() / before.gradientNormSquared());
    double s = StabilityRatio.fromGradients(cosine, growth, step.motion().momentum());
    return Double.isFinite(s) ? new RatioReading(s, 0, RatioSource.GRADIENTS) : null;
  }
}
