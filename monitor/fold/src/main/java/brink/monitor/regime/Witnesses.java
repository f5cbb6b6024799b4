package brink.monitor.regime;

import brink.monitor.geometry.GradientNoise;
import brink.monitor.geometry.Smoothed;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a stream says about itself: whether it can show the edge, and whether its numbers are what
 * they are called.
 *
 * @param noise rounding of its gradients
 * @param alongMove stability ratio along the last moves, from gradients alone, while above rounding
 * @param otherMove share of the last moves that no gradient descent without momentum makes
 * @param oscillationSeen whether anything came that an oscillation could be seen by
 * @param withoutPoint first step whose sharpness did not say where it was taken; −1 if none
 */
record Witnesses(
    GradientNoise noise,
    Smoothed alongMove,
    Smoothed otherMove,
    boolean oscillationSeen,
    long withoutPoint) {
  static final Witnesses NONE = of(GradientNoise.UNKNOWN);

  static Witnesses of(GradientNoise noise) {
    return new Witnesses(noise, Smoothed.EMPTY, Smoothed.EMPTY, false, -1);
  }

  /** With one more step; {@code along} is null at rest. */
  Witnesses with(
      SphericalStep step,
      @Nullable SphericalStep before,
      @Nullable RatioReading along,
      DetectorSettings settings) {
    Boolean other = (before == null || along == null) ? null : isOtherMove(step, before);
    return new Witnesses(
        noise.with(step),
        along == null ? Smoothed.EMPTY : alongMove.with(along.value(), settings.samples().window()),
        other == null ? otherMove : otherMove.with(other ? 1 : 0, settings.samples().window()),
        oscillationSeen || shows(step),
        (withoutPoint < 0 && step.withoutPoint()) ? step.step() : withoutPoint);
  }

  private static boolean shows(SphericalStep step) {
    return step.gradientCosine() != null
        || step.directionalCurvature() != null
        || step.midpoint() != null
        || step.iterate() != null;
  }

  /** A gradient that moves the weights this many times as far as weight decay does. */
  private static final double DOMINANT = 100;

  /** Relative disagreement that neither weight decay nor rounding explains then. */
  private static final double DISAGREEMENT = 0.1;

  // Gradient descent without momentum moves by −η∇L, so that the curvature along the move is
  // (1 − cos·growth)/η whatever the loss is; momentum moves elsewhere.
  private static @Nullable Boolean isOtherMove(SphericalStep step, SphericalStep before) {
    Double curvature = step.directionalCurvature();
    Double cosine = step.gradientCosine();
    double decay = before.weightDecay();
    boolean dominant =
        before.gradientNormSquared() > DOMINANT * decay * decay * before.weightNormSquared();
    if (curvature == null || cosine == null || !dominant || !step.motion().keepsLedger()) {
      return null;
    }
    double growth = Math.sqrt(step.gradientNormSquared() / before.gradientNormSquared());
    double expected = (1 - cosine * growth) / before.learningRate();
    return Math.abs(curvature - expected)
        > DISAGREEMENT * Math.max(Math.abs(curvature), Math.abs(expected));
  }

  /** Whether most of the last moves are none of gradient descent without momentum. */
  boolean movesOtherwise() {
    return otherMove.known() && otherMove.mean() > 0.5;
  }

  void write(StateWriter out) {
    noise.write(out);
    alongMove.write(out);
    otherMove.write(out);
    out.putPresence(oscillationSeen).put(withoutPoint);
  }

  static Witnesses read(StateReader in) {
    return new Witnesses(
        GradientNoise.read(in), Smoothed.read(in), Smoothed.read(in), in.isPresent(), in.getLong());
  }
}
