package brink.monitor.series;

import brink.monitor.geometry.AngularStep;
import brink.monitor.geometry.Curvature;
import brink.monitor.geometry.Motion;
import brink.monitor.geometry.PairMean;
import brink.monitor.geometry.SphericalStep;
import brink.v1.StepObserved;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the steps of a run by definition (docs/theory.md), for one step after the
 * other. A step without its required fields adds nothing.
 */
final class StepDerivation {
  private final Motion motion;
  private double flowTime;
  private @Nullable SphericalStep previous;
  private Map<String, Double> values = Map.of();

  StepDerivation(Motion motion) {
    this.motion = motion;
  }

  /** Takes the next step. */
  void take(StepObserved observed) {
    if (!isComplete(observed)) {
      values = Map.of();
      return;
    }
    SphericalStep step = SphericalStep.of(observed, motion, 0);
    SphericalStep before = previous;
    // Steps that are missing are taken to have had the hyper-parameters of the last one seen.
    long missing = before == null ? 0 : step.step() - before.step() - 1;
    flowTime += (before == null ? 0 : missing * before.flowTimeStep()) + step.flowTimeStep();
    values = derived(step, step.follows(before) ? before : null);
    previous = step;
  }

  /** τ up to and including the last step. */
  double flowTime() {
    return flowTime;
  }

  /** What follows from the last step, by field; may hold values that are not finite. */
  Map<String, Double> values() {
    return values;
  }

  private Map<String, Double> derived(SphericalStep step, @Nullable SphericalStep before) {
    Map<String, Double> derived = new HashMap<>();
    derived.put("effective_learning_rate", step.effectiveLearningRate());
    derived.put("threshold", 2 / step.alternatingLearningRate());
    derived.put("flow_time", flowTime);
    derived.put("angular_step_squared", step.angularStepSquared());
    derived.put(
        "angular_step_share",
        AngularStep.share(step.angularStepSquared(), step.alternatingIntrinsicRate()));
    Double excessLoss = step.excessLoss();
    if (excessLoss != null) {
      derived.put("excess_loss", excessLoss);
    }
    Double ratio = ratio(step);
    if (ratio != null) {
      derived.put("stability_ratio", ratio);
      Double earlier =
          before == null || isMidpoint(before) != isMidpoint(step) ? null : ratio(before);
      if (earlier != null) {
        derived.put("stability_ratio_pair_mean", PairMean.of(earlier, ratio));
      }
    }
    return derived;
  }

  private static @Nullable Double ratio(SphericalStep step) {
    Curvature curvature = step.midpoint() != null ? step.midpoint() : step.iterate();
    return curvature == null ? null : step.stabilityRatio(curvature);
  }

  private static boolean isMidpoint(SphericalStep step) {
    return step.midpoint() != null;
  }

  private static boolean isComplete(StepObserved step) {
    return step.hasLearningRate()
        && step.hasWeightDecay()
        && step.hasWeightNormSquared()
        && step.hasGradientNormSquared()
        && Double.isFinite(step.getLearningRate())
        && Double.isFinite(step.getWeightDecay())
        && Double.isFinite(step.getWeightNormSquared())
        && Double.isFinite(step.getGradientNormSquared());
  }
}
