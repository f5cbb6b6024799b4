package brink.monitor.geometry;

/**
 * What the part of the gradient along the weights adds to weight decay. With ρ = ⟨w, ∇L⟩/‖w‖² a
 * step is w ← (1 − η·(λ_wd + ρ))·w − η·P∇L: decay by another name (docs/theory.md, nearly
 * scale-invariant losses).
 *
 * @param share R = ρ/λ_wd in the mean; 0 where the loss is scale-invariant
 * @param error its standard error
 * @param intrinsicLearningRate η_in of the newest step, 1/step
 */
public record RadialDecay(double share, double error, double intrinsicLearningRate) {
  /** Of a scale-invariant loss. */
  public static final RadialDecay NONE = new RadialDecay(0, 0, 0);

  /**
   * R of one step by its norm ledger, in which ‖w‖² has changed by e^(−2Rη_in) more than without
   * it.
   *
   * @param ledgerError relative error of the ledger, above −1
   * @param intrinsicLearningRate η_in, 1/step
   * @return NaN without weight decay
   */
  public static double share(double ledgerError, double intrinsicLearningRate) {
    return intrinsicLearningRate > 0
        ? -StrictMath.log1p(ledgerError) / (2 * intrinsicLearningRate)
        : Double.NaN;
  }

  /** Whether there is any: it was measured, and the loss is not scale-invariant to the bit. */
  public boolean known() {
    return intrinsicLearningRate > 0;
  }

  /** The order of what it changes s by at the edge, |R|·η_in. */
  public double ratioShift() {
    return Math.abs(share) * intrinsicLearningRate;
  }
}
