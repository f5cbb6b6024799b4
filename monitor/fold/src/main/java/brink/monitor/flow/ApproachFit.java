package brink.monitor.flow;

import brink.monitor.geometry.SphericalStep;
import brink.monitor.geometry.StabilityRatio;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import org.jspecify.annotations.Nullable;

/**
 * The way to the edge: the first step at which s = 1 is due. Per unit of flow time log s grows by
 * 2·(1 − ⟨α²⟩/(2η_in)) as the weight norm decays, by the drift of log η, and by that of log λ₁,
 * which {@link SharpnessDrift} continues.
 *
 * <p>The first two are identities. The third is not: nothing in the theory says how sharpness goes
 * on before the edge, so the error is half of what the forecast would be off by if sharpness stayed
 * as it is, or if its drift went on unchanged.
 */
final class ApproachFit {
  private ApproachFit() {}

  static FlowUpdate fit(
      FlowState state,
      SphericalStep step,
      @Nullable SphericalStep previous,
      FlowFitted.Builder fitted) {
    SharpnessDrift sharpness = SharpnessDrift.of(state.history(), state.history()::logSharpness);
    if (sharpness != null) {
      fitted.setSharpness(StrictMath.exp(sharpness.at(step.flowTime())));
      addStepsToEdge(sharpness, decay(state, step), rateDrift(step, previous), step, fitted);
    }
    return new FlowUpdate(state, fitted.build(), null);
  }

  private static void addStepsToEdge(
      SharpnessDrift sharpness,
      double decay,
      double rateDrift,
      SphericalStep step,
      FlowFitted.Builder fitted) {
    double now = step.flowTime();
    double known = decay + rateDrift;
    double distance =
        -StrictMath.log(
            StabilityRatio.of(step.alternatingLearningRate(), StrictMath.exp(sharpness.at(now))));
    double bySchedule =
        rateDrift == 0
            ? 0
            : Math.abs(
                sharpness.timeToRise(distance, decay, now)
                    - sharpness.timeToRise(distance, known, now));
    Estimate steps = sharpness.stepsToRise(distance, known, bySchedule, step);
    if (steps != null) {
      fitted.setStepsToEdge(steps);
    }
  }

  // Before the edge the gradient, and α² with it, has mostly died. Single steps give no pair means.
  private static double decay(FlowState state, SphericalStep step) {
    double share = state.history().share(state.history().size() - 1);
    double factor = step.motion().normFactor(step.intrinsicLearningRate());
    double decay = -2 * StrictMath.log(factor) / step.flowTimeStep();
    return Double.isNaN(share) ? decay : decay - 2 * share;
  }

  /** d log η/dτ. */
  private static double rateDrift(SphericalStep step, @Nullable SphericalStep previous) {
    return previous == null
        ? 0
        : StrictMath.log(step.learningRate() / previous.learningRate())
            / (step.flowTime() - previous.flowTime());
  }
}
