package brink.schemas.gradient;

import brink.schemas.gradient.GradientResult.Complete;
import java.util.Objects;

/**
 * ‖∇L‖² of the entries that were published, to be held against what the step says.
 *
 * @param squared sum of the squared entries
 * @param rounding most that the encoding moved an entry by, relative to it
 * @param underflow most that the encoding moved the whole gradient by where entries are too small
 *     for that
 */
public record GradientNorm(double squared, double rounding, double underflow) {
  /**
   * Relative error that the producer's own norm may have: a million squares summed in binary32, one
   * after the other, are typically off by half of this.
   */
  private static final double OF_THE_STEP = 1e-4;

  /** Of a gradient that was put together. */
  public static GradientNorm of(Complete gradient) {
    float[] entries = gradient.gradient();
    double sum = 0;
    for (float entry : entries) {
      sum += (double) entry * entry;
    }
    Encoding encoding = Objects.requireNonNull(Encoding.of(gradient.encoding()));
    return new GradientNorm(
        sum, encoding.roundoff(), encoding.underflow() * Math.sqrt(entries.length));
  }

  /**
   * Whether the step's ‖∇L‖² is that of the entries, but for rounding: entries moved by δ with ‖δ‖
   * ≤ u‖∇L‖ + a change the squared norm by at most 2‖∇L‖‖δ‖ + ‖δ‖².
   */
  public boolean agreesWith(double normSquared) {
    double norm = Math.sqrt(normSquared);
    double moved = rounding * norm + underflow;
    return Math.abs(squared - normSquared)
        <= 2 * norm * moved + moved * moved + OF_THE_STEP * normSquared;
  }
}
