package brink.monitor.geometry;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * What rounding makes of the gradient, as the squared angle of a step that is nothing but rounding:
 * as the producer measured it, else inferred from its precision.
 *
 * <p>The inference: weights that are rounded to a relative u leave the minimum by an angle of u,
 * and the gradient there is λ₁·u; a step along it is η̃·λ₁·u = 2s·u, that is 2u where s is 1. The
 * passes round as much again. At a minimum of {@code bn-linear} 4·10⁻¹⁶ was seen in float64, where
 * 4u is 4.4·10⁻¹⁶, and 10⁻⁷ in float32, where it is 2.4·10⁻⁷.
 *
 * @param sphericalSquared E‖δ‖² of ∇L(θ) as last measured; NaN before any
 * @param roundoff u, relative
 */
public record GradientNoise(double sphericalSquared, double roundoff) {
  /** Roundoff of float64. */
  public static final double DOUBLE = 0x1p-53;

  /** Roundoff of float32. */
  public static final double SINGLE = 0x1p-24;

  /** Angle of a step of rounding, in units of u. */
  private static final double ANGLE = 4;

  /** Of a producer whose precision is not known: that of its numbers will be taken. */
  public static final GradientNoise UNKNOWN = new GradientNoise(Double.NaN, DOUBLE);

  /** Nothing measured yet. */
  public static GradientNoise of(double roundoff) {
    return new GradientNoise(Double.NaN, roundoff);
  }

  /** With what one more step says of it. */
  public GradientNoise with(SphericalStep step) {
    Double squared = step.gradientNoiseSquared();
    double measured = squared == null ? sphericalSquared : squared * step.weightNormSquared();
    double coarser = step.isSinglePrecision() ? Math.max(roundoff, SINGLE) : roundoff;
    return new GradientNoise(measured, coarser);
  }

  /** α² of a step that is nothing but rounding, rad². */
  public double angularStepSquared(SphericalStep step) {
    if (Double.isNaN(sphericalSquared)) {
      return ANGLE * roundoff * ANGLE * roundoff;
    }
    double rate = step.alternatingLearningRate();
    return rate * rate * sphericalSquared;
  }

  /** Appends its bytes. */
  public void write(StateWriter out) {
    out.put(sphericalSquared).put(roundoff);
  }

  /** Reads its bytes. */
  public static GradientNoise read(StateReader in) {
    return new GradientNoise(in.getDouble(), in.getDouble());
  }
}
