package brink.monitor.flow;

import brink.monitor.geometry.SphericalStep;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import org.jspecify.annotations.Nullable;

/** The flow of a run as a fold: (state, step) → (state, fit). */
public final class FlowMeter {
  private final FlowSettings settings;

  /** A meter. */
  public FlowMeter(FlowSettings settings) {
    this.settings = settings;
  }

  /** Folds one finite step. */
  public FlowUpdate step(
      String runId,
      FlowState state,
      SphericalStep step,
      @Nullable SphericalStep before,
      Regime regime,
      int episode) {
    if (step.flowTime() < state.flowTime() + settings.cadence()) {
      return new FlowUpdate(state, null, null);
    }
    FlowFitted.Builder fitted =
        FlowFitted.newBuilder().setRunId(runId).setStep(step.step()).setFlowTime(step.flowTime());
    if (episode > 0) {
      fitted.setEpisode(episode);
    }
    return new FlowUpdate(new FlowState(step.flowTime()), fitted.build(), null);
  }
}
