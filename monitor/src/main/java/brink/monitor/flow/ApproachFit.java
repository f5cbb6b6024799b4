package brink.monitor.flow;

import brink.monitor.geometry.SphericalStep;
import brink.monitor.geometry.StabilityRatio;
import brink.v1.Estimate;
import brink.v1.FlowFitted;

/**
 * The way to the edge: log s grows by 2·(1 − ⟨α²⟩/(2η_in)) per unit of flow time as the weight norm
 * decays, and by the drift of log λ₁. Where both are steady, s = 1 is due after −log s over their
 * sum.
 */
final class ApproachFit {
  private final FlowSettings settings;

  ApproachFit(FlowSettings settings) {
    this.settings = settings;
  }

  FlowUpdate fit(FlowState state, SphericalStep step, FlowFitted.Builder fitted) {
    LocalFit sharpness =
        LocalFit.of(state.history(), state.history()::logSharpness, settings.localBins(), 1);
    if (sharpness != null) {
      fitted.setSharpness(StrictMath.exp(sharpness.value()));
      addStepsToEdge(state, step, sharpness, fitted);
    }
    return new FlowUpdate(state, fitted.build(), null);
  }

  private void addStepsToEdge(
      FlowState state, SphericalStep step, LocalFit sharpness, FlowFitted.Builder fitted) {
    double lag = step.flowTime() - state.history().lastTime();
    double now = sharpness.value() + sharpness.rate() * lag;
    double distance =
        -StrictMath.log(StabilityRatio.of(step.alternatingLearningRate(), StrictMath.exp(now)));
    double normDrift = normDrift(state);
    double drift = normDrift + sharpness.rate();
    if (distance <= 0 || drift <= 2 * sharpness.rateError() || Double.isNaN(drift)) {
      return;
    }
    double perUnit = 1 / step.flowTimeStep();
    double steps = distance / drift * perUnit;
    double byDrift = steps * sharpness.rateError() / drift;
    double byRatio = sharpness.valueError() / drift * perUnit;
    // The drift of sharpness may end at any time: half of what it contributes is not known.
    double byPersistence = normDrift > 0 ? (distance / normDrift * perUnit - steps) / 2 : steps;
    double error = Math.hypot(Math.hypot(byDrift, byRatio), byPersistence);
    if (Double.isFinite(steps) && Double.isFinite(error)) {
      fitted.setStepsToEdge(Estimate.newBuilder().setValue(steps).setStandardError(error));
    }
  }

  // Single steps give no pair means; before the edge the gradient has mostly died, and α² with it.
  private double normDrift(FlowState state) {
    double share = state.history().share(state.history().size() - 1);
    return Double.isNaN(share) ? 2 : 2 * (1 - share);
  }
}
