package brink.trainer.publish;

import brink.trainer.descent.Hyperparameters;
import brink.v1.UpdateRule;

/**
 * How a run's weights are to move.
 *
 * @param hyperparameters η and λ_wd at the start
 * @param momentum β; 0 without momentum
 * @param rule of the update
 * @param plannedSteps number of steps intended
 */
public record DescentDescription(
    Hyperparameters hyperparameters, double momentum, UpdateRule rule, long plannedSteps) {
  /** Plain gradient descent with weight decay. */
  public static DescentDescription plain(Hyperparameters hyperparameters, long plannedSteps) {
    return new DescentDescription(
        hyperparameters, 0, UpdateRule.UPDATE_RULE_GRADIENT_DESCENT, plannedSteps);
  }
}
