package brink.monitor.run;

import brink.monitor.geometry.GradientNoise;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.LedgerEntry;
import java.util.Locale;

/**
 * Relative error of the norm ledger that rounding explains.
 *
 * @param float64 a sum of up to 1e6 squares is good to 1e-12; a thousand times that, and still far
 *     below the 2e-5 that an ε of 1e-5 in a normalization's denominator leaves
 * @param float32 weights and sums rounded to 6e-8, with room for long sums; below those 2e-5
 * @param half weights rounded to 4e-3 (bfloat16)
 * @param gross how many times what a step changes ‖w‖² by, 2η_in + α², an error has to be to say
 *     that it is no step of gradient descent on the sphere: an ε of 1e-5 in the denominator leaves
 *     a twentieth, heavy ball of β = 0.9 that was not declared nine times
 */
record LedgerTolerance(double float64, double float32, double half, double gross) {
  /**
   * Products of 16-bit factors are summed over a thousand terms and more, of which rounding leaves
   * a thirtieth.
   */
  private static final double AVERAGED = 1.0 / 32;

  /**
   * Share of ‖w‖² that a ledger may always miss before it is none: where a loss without scale
   * invariance diverges, η·λ₁ is 2 or more and it misses 4/5.
   */
  private static final double HALF = 0.5;

  static LedgerTolerance defaults() {
    return new LedgerTolerance(1e-9, 1e-5, 1e-2, 3);
  }

  /** By the producer's word for its precision; NaN where it gave none that is known. */
  double of(String precision) {
    return switch (precision.toLowerCase(Locale.ROOT)) {
      case "float64", "f64", "double" -> float64;
      case "float32", "f32", "float", "tf32", "bf16x9" -> float32;
      case "float16", "f16", "half", "bfloat16", "bf16" -> half;
      default -> Double.NaN;
    };
  }

  /** Relative roundoff of the gradient, by the producer's word for its precision. */
  static double roundoff(String precision) {
    return switch (precision.toLowerCase(Locale.ROOT)) {
      case "float32", "f32", "float", "bf16x9" -> GradientNoise.SINGLE;
      case "tf32", "float16", "f16", "half" -> 0x1p-11 * AVERAGED;
      case "bfloat16", "bf16" -> 0x1p-8 * AVERAGED;
      default -> GradientNoise.DOUBLE;
    };
  }

  /**
   * The entry of a step.
   *
   * @param before the step directly before
   * @param error relative error of its ledger
   */
  LedgerEntry entry(RunState state, SphericalStep before, SphericalStep step, double error) {
    double declared = state.ledgerTolerance();
    double inferred = inferred(before, step);
    boolean coarse = declared < inferred && before.isSinglePrecision() && step.isSinglePrecision();
    double limit = Double.isNaN(declared) || coarse ? inferred : declared;
    double change = 2 * before.intrinsicLearningRate() + before.angularStepSquared();
    boolean broken = Math.abs(error) > limit;
    boolean none = broken && Math.abs(error) > Math.min(HALF, gross * change);
    return new LedgerEntry(error, broken, none, coarse, before.intrinsicLearningRate());
  }

  // Doubles that happen to have a float's bits once in 2^29 steps; a stream of them was floats.
  private double inferred(SphericalStep before, SphericalStep step) {
    return hasFloat(before) || hasFloat(step) ? float32 : float64;
  }

  private static boolean hasFloat(SphericalStep step) {
    return isFloat(step.weightNormSquared()) || isFloat(step.gradientNormSquared());
  }

  private static boolean isFloat(double value) {
    return (float) value == value;
  }
}
