package brink.monitor.regime;

import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/** A step made up: η_in = 2e-4, ‖w‖² = 4, α² ≈ 4e-4, and nothing measured but what is said. */
final class MadeUpStep {
  static final double LEARNING_RATE = 0.5;

  private final long step;
  private Motion motion = Motion.PLAIN;
  private double weightDecay = 4e-4;
  private double normSquared = 4;
  private double gradientSquared = 6.4e-3;
  private @Nullable Double loss;
  private @Nullable Double cosine;
  private @Nullable Double directional;
  private @Nullable Curvature midpoint;
  private @Nullable Curvature iterate;
  private @Nullable Double noise;
  private boolean withoutPoint;

  private MadeUpStep(long step) {
    this.step = step;
  }

  static MadeUpStep at(long step) {
    return new MadeUpStep(step);
  }

  MadeUpStep motion(Motion next) {
    motion = next;
    return this;
  }

  MadeUpStep weightDecay(double decay) {
    weightDecay = decay;
    return this;
  }

  MadeUpStep norm(double squared) {
    normSquared = squared;
    return this;
  }

  MadeUpStep gradient(double squared) {
    gradientSquared = squared;
    return this;
  }

  MadeUpStep loss(double value) {
    loss = value;
    return this;
  }

  MadeUpStep cosine(double value) {
    cosine = value;
    return this;
  }

  MadeUpStep directional(double curvature) {
    directional = curvature;
    return this;
  }

  /** Sharpness at the midpoint, as a stability ratio. */
  MadeUpStep midpoint(double ratio) {
    return midpoint(ratio, null);
  }

  MadeUpStep midpoint(double ratio, @Nullable Double missed) {
    midpoint = curvature(ratio, missed);
    return this;
  }

  /** Sharpness at the iterate, as a stability ratio. */
  MadeUpStep iterate(double ratio) {
    iterate = curvature(ratio, null);
    return this;
  }

  MadeUpStep noise(double squared) {
    noise = squared;
    return this;
  }

  MadeUpStep withoutPoint() {
    withoutPoint = true;
    return this;
  }

  private Curvature curvature(double ratio, @Nullable Double missed) {
    double sharpness = 2 * ratio / build().alternatingLearningRate();
    return new Curvature(sharpness, 0, null, missed, 0, null, null);
  }

  SphericalStep build() {
    return new SphericalStep(
        motion,
        step,
        0,
        LEARNING_RATE,
        weightDecay,
        normSquared,
        gradientSquared,
        loss,
        cosine,
        directional,
        midpoint,
        iterate,
        withoutPoint,
        noise,
        null);
  }
}
