package brink.monitor.run;

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
 */
record LedgerTolerance(double float64, double float32, double half) {
  static LedgerTolerance defaults() {
    return new LedgerTolerance(1e-9, 1e-5, 1e-2);
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

  LedgerEntry entry(RunState state, SphericalStep step, double error) {
    double limit = Double.isNaN(state.ledgerTolerance()) ? inferred(step) : state.ledgerTolerance();
    return new LedgerEntry(error, Math.abs(error) > limit);
  }

  // Doubles that happen to have a float's bits once in 2^29 steps; a stream of them was floats.
  private double inferred(SphericalStep step) {
    return isFloat(step.weightNormSquared()) || isFloat(step.gradientNormSquared())
        ? float32
        : float64;
  }

  private static boolean isFloat(double value) {
    return (float) value == value;
  }
}
