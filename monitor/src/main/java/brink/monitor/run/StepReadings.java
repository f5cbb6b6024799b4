package brink.monitor.run;

import org.jspecify.annotations.Nullable;

/**
 * What follows from one step by definition (docs/theory.md); null is not measured.
 *
 * @param effectiveLearningRate η̃ = η / ((1 − η_in)‖w‖²)
 * @param stabilityRatio s = η̃·λ₁/2, at the midpoint if measured there, else at the iterate
 * @param angularStepSquared α² = (η̃·‖w‖·‖∇L(w)‖)², rad²
 * @param normLedgerError ‖w_t‖² over its prediction from step t−1, minus 1
 * @param flowTime τ = Σ η_in up to and including this step
 */
public record StepReadings(
    @Nullable Double effectiveLearningRate,
    @Nullable Double stabilityRatio,
    @Nullable Double angularStepSquared,
    @Nullable Double normLedgerError,
    double flowTime) {}
