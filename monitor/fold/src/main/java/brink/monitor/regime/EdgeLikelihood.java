package brink.monitor.regime;

import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/**
 * How much more likely one step is at the edge than below it: logarithms of ratios of likelihoods,
 * of the cosine of consecutive gradients and of the stability ratio (docs/detection.md). Both are
 * clamped, so that no single step decides.
 *
 * <p>At the edge gradients alternate: u = (1 + cos)/2 has the density 4·(1 − u)³, whose mean is a
 * cosine of −0.6 (−0.98 was seen where one eigenvalue oscillates, −0.7 ± 0.4 where several do).
 * Below it any cosine is as likely as any other, which is what gradients without memory have in
 * three dimensions; in more they are nearer to 0, and in smooth descent to 1, where the edge is
 * still less likely.
 *
 * <p>log s is normal about 0 at the edge, and about twice the logarithm of the least ratio of an
 * edge below it, so that this ratio tells nothing. Its variance is that of the edge's own scatter
 * plus that of the measurement.
 */
final class EdgeLikelihood {
  private static final double STRONGEST_FOR = StrictMath.log(4);
  private static final double STRONGEST_AGAINST = -3;

  private EdgeLikelihood() {}

  /**
   * Evidence of one step that moves.
   *
   * @param reading its stability ratio; null where there is none
   * @param jitter standard deviation of log s from sample to sample, or 0 where it is not known
   */
  static double of(
      SphericalStep step,
      @Nullable RatioReading reading,
      @Nullable RatioReading alongMove,
      double jitter,
      DetectorSettings settings) {
    Double cosine = step.gradientCosine();
    double alternation = cosine == null ? 0 : ofCosine(cosine);
    if (reading == null && alongMove == null) {
      return alternation;
    }
    // A Hessian does not see the kinks of a ReLU that the step goes over; the move itself does.
    double measured = reading == null ? STRONGEST_AGAINST : ofRatio(reading, jitter, settings);
    double moved = alongMove == null ? STRONGEST_AGAINST : ofRatio(alongMove, 0, settings);
    return alternation + Math.max(measured, moved);
  }

  /** ln 4 + 3·ln((1 − cos)/2). */
  static double ofCosine(double cosine) {
    return clamp(STRONGEST_FOR + 3 * StrictMath.log((1 - cosine) / 2));
  }

  private static double ofRatio(RatioReading reading, double jitter, DetectorSettings settings) {
    if (!(reading.value() > 0)) {
      return STRONGEST_AGAINST;
    }
    double relative = reading.error() / reading.value();
    double scatter = settings.evidence().ratioScatter();
    double variance = scatter * scatter + Math.max(relative * relative, jitter * jitter);
    double least = StrictMath.log(settings.edge().edgeRatio());
    double distance = -2 * least;
    return clamp(distance / variance * (StrictMath.log(reading.value()) - least));
  }

  private static double clamp(double evidence) {
    return Math.max(STRONGEST_AGAINST, Math.min(STRONGEST_FOR, evidence));
  }
}
