package brink.monitor.flow;

import org.jspecify.annotations.Nullable;

/**
 * The test by the gradient of sharpness: log λ₁ against what the flow makes of a G² that was
 * measured directly, in one of two forms (docs/theory.md). The norm ledger has no part in the
 * prediction: in a stream that was made up without a landscape λ₁ and G² have nothing to do with
 * one another.
 *
 * <ul>
 *   <li>By the oscillation that there is: d log λ₁/dτ = −½·⟨α²⟩/(2η_in)·G²/s + U, whatever s does
 *       meanwhile, with U what the loss's own slope along Γ adds, as measured. It keeps its power
 *       where G² is huge.
 *   <li>By the oscillation that there has to be for s to be held: d log λ₁ = −(2G² − 4U)/(4 +
 *       G²)·dp in the flow's own clock p = τ − ½·ln s. Where G² is large and not well known it is
 *       the surer one, as nothing falls faster than at −2. It is the only one where eigenvalues
 *       come to the threshold and leave it so often that nobody knows how many oscillate.
 * </ul>
 *
 * <p>What is left of log λ₁ after that is subtracted, bin by bin, is constant if the flow holds:
 * the slope of a straight line through it, with its error, is the test.
 */
final class GradientTrial {
  /** By how much the second form has to be surer to be taken: the first tells more of G². */
  private static final double SURER = 2;

  private GradientTrial() {}

  /** Null where G² was not measured in enough of the bins. */
  static @Nullable FlowTrial of(FlowHistory bins, double intrinsicRate, FlowSettings settings) {
    GradientBins measured = GradientBins.of(bins, settings);
    if (measured == null) {
      return null;
    }
    GradientForm form = form(measured, intrinsicRate, settings);
    return form == null ? null : form.trial(measured, settings);
  }

  private static @Nullable GradientForm form(
      GradientBins measured, double intrinsicRate, FlowSettings settings) {
    GradientForm asHeld = GradientForm.of(measured, true, intrinsicRate, settings);
    if (!measured.isSettled()) {
      return asHeld;
    }
    GradientForm asItIs = GradientForm.of(measured, false, intrinsicRate, settings);
    boolean surer = asItIs == null || (asHeld != null && SURER * asHeld.error() < asItIs.error());
    return surer ? asHeld : asItIs;
  }

  /**
   * What the flow, being of leading order in η_in, leaves out of its own motion, as a share of it:
   * directions across Γ follow late, and what drives them changes at κ (docs/theory.md).
   */
  static double late(double lagging, FlowSettings settings) {
    return settings.relaxation().kappa() * lagging;
  }
}
