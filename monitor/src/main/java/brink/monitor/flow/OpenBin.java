package brink.monitor.flow;

import brink.monitor.geometry.AngularStep;
import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.PairMean;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The bin of flow time that is being filled.
 *
 * @param start τ at which it began
 * @param share ⟨α²⟩/(2η_in), pair means
 * @param norm log 2/η̃, pair means, at the edge only
 * @param iterate log λ₁ at iterates: single ones below the edge, pair means at it
 * @param midpoint log λ₁ at midpoints
 * @param direct G² measured by the trainer
 * @param edgeEigenvalues eigenvalues at the threshold, at midpoints
 */
record OpenBin(
    double start,
    BinSum share,
    BinSum norm,
    BinSum iterate,
    BinSum midpoint,
    BinSum direct,
    BinSum edgeEigenvalues) {

  static OpenBin from(double start) {
    BinSum none = BinSum.EMPTY;
    return new OpenBin(start, none, none, none, none, none, none);
  }

  /**
   * With one more step.
   *
   * @param before the step directly before it; null where it is missing
   */
  OpenBin with(SphericalStep step, @Nullable SphericalStep before, boolean atEdge) {
    double here = step.flowTime() - start;
    Curvature middle = step.midpoint();
    Double direct = direct(step);
    return new OpenBin(
        start,
        before == null ? share : withShare(step, before, here),
        before == null || !atEdge ? norm : withNorm(step, before, here),
        withIterate(step, before, atEdge, here),
        middle == null || middle.sharpness() <= 0
            ? midpoint
            : midpoint.with(here, StrictMath.log(middle.sharpness())),
        direct == null ? this.direct : this.direct.with(here, direct),
        middle == null || middle.edgeEigenvalues() == 0
            ? edgeEigenvalues
            : edgeEigenvalues.with(here, middle.edgeEigenvalues()));
  }

  private BinSum withShare(SphericalStep step, SphericalStep before, double here) {
    double value = PairMean.of(share(before), share(step));
    return Double.isFinite(value) ? share.with(between(before, step, here), value) : share;
  }

  private static double share(SphericalStep step) {
    return AngularStep.share(step.angularStepSquared(), step.alternatingIntrinsicRate());
  }

  private BinSum withNorm(SphericalStep step, SphericalStep before, double here) {
    double value =
        PairMean.of(
            StrictMath.log(2 / before.alternatingLearningRate()),
            StrictMath.log(2 / step.alternatingLearningRate()));
    return Double.isFinite(value) ? norm.with(between(before, step, here), value) : norm;
  }

  private BinSum withIterate(
      SphericalStep step, @Nullable SphericalStep before, boolean atEdge, double here) {
    Curvature now = step.iterate();
    if (now == null || now.sharpness() <= 0) {
      return iterate;
    }
    if (!atEdge) {
      return iterate.with(here, StrictMath.log(now.sharpness()));
    }
    Curvature earlier = before == null ? null : before.iterate();
    if (before == null || earlier == null || earlier.sharpness() <= 0) {
      return iterate;
    }
    double mean = PairMean.of(earlier.sharpness(), now.sharpness());
    return iterate.with(between(before, step, here), StrictMath.log(mean));
  }

  private static double between(SphericalStep before, SphericalStep step, double here) {
    return here - (step.flowTime() - before.flowTime()) / 2;
  }

  private static @Nullable Double direct(SphericalStep step) {
    Curvature midpoint = step.midpoint();
    if (midpoint != null && midpoint.logSharpnessGradientSquared() != null) {
      return midpoint.logSharpnessGradientSquared();
    }
    Curvature iterate = step.iterate();
    return iterate == null ? null : iterate.logSharpnessGradientSquared();
  }

  BinSum sharpness(SharpnessSource source) {
    return switch (source) {
      case NONE -> BinSum.EMPTY;
      case NORM -> norm;
      case ITERATE -> iterate;
      case MIDPOINT -> midpoint;
    };
  }

  SharpnessSource best() {
    if (midpoint.known()) {
      return SharpnessSource.MIDPOINT;
    }
    if (iterate.known()) {
      return SharpnessSource.ITERATE;
    }
    return norm.known() ? SharpnessSource.NORM : SharpnessSource.NONE;
  }

  void write(StateWriter out) {
    out.put(start);
    share.write(out);
    norm.write(out);
    iterate.write(out);
    midpoint.write(out);
    direct.write(out);
    edgeEigenvalues.write(out);
  }

  static OpenBin read(StateReader in) {
    return new OpenBin(
        in.getDouble(),
        BinSum.read(in),
        BinSum.read(in),
        BinSum.read(in),
        BinSum.read(in),
        BinSum.read(in),
        BinSum.read(in));
  }
}
