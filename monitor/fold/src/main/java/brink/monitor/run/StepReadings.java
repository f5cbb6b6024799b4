package brink.monitor.run;

import brink.monitor.geometry.SphericalStep;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one step by definition (docs/theory.md); null is not measured, or not an
 * identity of the run's update rule.
 *
 * @param effectiveLearningRate η̃ = η / ((1 − η_in)‖w‖²)
 * @param stabilityRatio s = η̃·λ₁/(2(1 + β)), at the midpoint if measured there, else at the
 *     iterate
 * @param angularStepSquared α² = (η̃·‖w‖·‖∇L(w)‖)², rad²; null with momentum
 * @param normLedgerError ‖w_t‖² over its prediction from step t−1, minus 1; null with momentum and
 *     on the sphere
 * @param flowTime τ = Σ η_in/(1 − β) up to and including this step
 */
public record StepReadings(
    @Nullable Double effectiveLearningRate,
    @Nullable Double stabilityRatio,
    @Nullable Double angularStepSquared,
    @Nullable Double normLedgerError,
    double flowTime) {
  static StepReadings of(SphericalStep step, @Nullable Double ledgerError) {
    return new StepReadings(
        step.effectiveLearningRate(),
        step.stabilityRatio(),
        step.motion().momentum() == 0 ? step.angularStepSquared() : null,
        ledgerError,
        step.flowTime());
  }
}
