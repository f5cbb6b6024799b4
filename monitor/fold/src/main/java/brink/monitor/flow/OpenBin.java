package brink.monitor.flow;

import brink.monitor.geometry.AngularStep;
import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.DirectGradient;
import brink.monitor.geometry.PairMean;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.geometry.StabilityRatio;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The bin of flow time that is being filled.
 *
 * @param start τ at which it began
 * @param share ⟨α²⟩/(2η_in) − R, pair means: what of the oscillation weight decay has to hold
 * @param norm log 2/η̃, pair means, at the edge only
 * @param iterate log λ₁ at iterates: single ones below the edge, pair means at it
 * @param midpoint log λ₁ at midpoints
 * @param direct G² of λ₁ measured by the trainer
 * @param together G*² measured by the trainer, where several eigenvalues are at the threshold
 * @param slope d log λ/dτ by the slope of the loss along the measured gradient, but for ½·R·G²
 * @param lagging share in that gradient of the motion that follows late
 * @param edgeEigenvalues eigenvalues at the threshold, at midpoints
 * @param measuredEigenvalues how many of them together is of
 * @param next ln η̃λ/(2(1 + β)) of the largest eigenvalue below the threshold, at midpoints
 * @param excess L(w_t) − L(midpoint)
 */
record OpenBin(
    double start,
    BinMean share,
    BinSum norm,
    BinSum iterate,
    BinSum midpoint,
    BinSum direct,
    BinSum together,
    BinMean slope,
    BinMean lagging,
    BinMean edgeEigenvalues,
    BinMean measuredEigenvalues,
    BinMean next,
    BinMean excess) {

  static OpenBin from(double start) {
    BinSum none = BinSum.EMPTY;
    BinMean unknown = BinMean.EMPTY;
    return new OpenBin(
        start, unknown, none, none, none, none, none, unknown, unknown, unknown, unknown, unknown,
        unknown);
  }

  /**
   * With one more step.
   *
   * @param before the step directly before it; null where it is missing
   * @param radial what the part of the gradient along the weights adds to weight decay
   */
  OpenBin with(
      SphericalStep step, @Nullable SphericalStep before, boolean atEdge, RadialDecay radial) {
    double here = step.flowTime() - start;
    Curvature middle = step.midpoint();
    DirectGradient measured = direct(step);
    return new OpenBin(
        start,
        before == null ? share : withShare(step, before, atEdge, radial),
        before == null || !atEdge ? norm : withNorm(step, before, here),
        withIterate(step, before, atEdge, here),
        middle == null || middle.sharpness() <= 0
            ? midpoint
            : midpoint.with(here, StrictMath.log(middle.sharpness())),
        measured == null || measured.together() ? direct : direct.with(here, measured.squared()),
        measured != null && measured.together()
            ? together.with(here, measured.squared())
            : together,
        measured == null ? slope : withSlope(measured, radial),
        measured == null || measured.lagging() == null ? lagging : lagging.with(measured.lagging()),
        middle == null || middle.edgeEigenvalues() == 0
            ? edgeEigenvalues
            : edgeEigenvalues.with(middle.edgeEigenvalues()),
        measured == null || !measured.together() || middle == null
            ? measuredEigenvalues
            : measuredEigenvalues.with(middle.edgeEigenvalues()),
        middle == null || !atEdge ? next : withNext(middle, step),
        atEdge ? withExcess(step) : excess);
  }

  private BinMean withNext(Curvature middle, SphericalStep step) {
    Double below = middle.next();
    return below == null || below <= 0
        ? next
        : next.with(StrictMath.log(StabilityRatio.of(step.alternatingLearningRate(), below)));
  }

  private BinMean withExcess(SphericalStep step) {
    Double loss = step.excessLoss();
    return loss == null ? excess : excess.with(loss);
  }

  // A radial part that comes of the weights that act slopes along Γ, too (docs/theory.md).
  private BinMean withSlope(DirectGradient measured, RadialDecay radial) {
    Double rate = measured.slopeRate();
    return rate == null ? slope : slope.with(rate - radial.share() * measured.squared() / 2);
  }

  private BinMean withShare(
      SphericalStep step, SphericalStep before, boolean atEdge, RadialDecay radial) {
    double value = PairMean.of(share(before, atEdge), share(step, atEdge));
    // That of this very step: a mean over flow time would lag.
    double part =
        radial.known()
            ? RadialDecay.share(step.ledgerError(before), before.intrinsicLearningRate())
            : 0;
    return Double.isFinite(value - part) ? share.with(value - part) : share;
  }

  // Before the edge the fit has the ledger's higher orders in its own equation.
  private static double share(SphericalStep step, boolean atEdge) {
    return atEdge && step.motion().keepsLedger()
        ? AngularStep.ledgerShare(step.angularStepSquared(), step.intrinsicLearningRate())
        : AngularStep.share(step.angularStepSquared(), step.alternatingIntrinsicRate());
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

  private static @Nullable DirectGradient direct(SphericalStep step) {
    Curvature midpoint = step.midpoint();
    if (midpoint != null && midpoint.direct() != null) {
      return midpoint.direct();
    }
    Curvature iterate = step.iterate();
    return iterate == null ? null : iterate.direct();
  }

  /** How many eigenvalues are at the threshold, at least; 0 where that is not known. */
  int eigenvaluesAtEdge() {
    return rounded(edgeEigenvalues);
  }

  /** How many of them G*² was measured of; 0 where it was not. */
  int eigenvaluesMeasured() {
    return isMeasuredTogether() ? rounded(measuredEigenvalues) : 0;
  }

  private static int rounded(BinMean count) {
    return count.known() ? (int) Math.round(count.value()) : 0;
  }

  /** Whether G² was measured of all eigenvalues at the threshold, and these are several. */
  boolean isMeasuredTogether() {
    return eigenvaluesAtEdge() > 1 && together.known();
  }

  /**
   * G² measured directly, and when: of all eigenvalues at the threshold, or of λ₁ where it was
   * alone there all the time; of nothing where that is not known.
   */
  BinSum directGradientSquared() {
    if (isMeasuredTogether()) {
      return together;
    }
    return together.known() || eigenvaluesAtEdge() > 1 ? BinSum.EMPTY : direct;
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
    together.write(out);
    slope.write(out);
    lagging.write(out);
    edgeEigenvalues.write(out);
    measuredEigenvalues.write(out);
    next.write(out);
    excess.write(out);
  }

  static OpenBin read(StateReader in) {
    return new OpenBin(
        in.getDouble(),
        BinMean.read(in),
        BinSum.read(in),
        BinSum.read(in),
        BinSum.read(in),
        BinSum.read(in),
        BinSum.read(in),
        BinMean.read(in),
        BinMean.read(in),
        BinMean.read(in),
        BinMean.read(in),
        BinMean.read(in),
        BinMean.read(in));
  }
}
