package brink.monitor.metrics;

import brink.monitor.geometry.RadialDecay;
import brink.monitor.regime.ScaleInvariance;
import brink.monitor.run.Outcome;
import brink.monitor.run.RunState;
import brink.monitor.run.StepReadings;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** All meters of one run. Not thread-safe. */
final class RunMeters {
  private final MeterRegistry registry;
  private final FunctionCounter steps;
  private final StepMeters step;
  private final FlowMeters flow;
  private final RegimeMeters regime;
  private final OptionalGauge scaleInvariant;
  private final OptionalGauge radialDecay;
  private final OptionalGauge scaleInvarianceLost;
  private long newest = -1;
  private long used;
  private volatile long shownUsed;
  private @Nullable RunState state;

  RunMeters(MeterRegistry registry, String runId) {
    this.registry = registry;
    Tags run = Tags.of("run", runId);
    steps =
        FunctionCounter.builder("brink.steps", this, meters -> meters.shownUsed)
            .description("Steps used.")
            .tags(run)
            .register(registry);
    step = new StepMeters(registry, run);
    flow = new FlowMeters(registry, run);
    regime = new RegimeMeters(registry, run);
    scaleInvariant = new OptionalGauge(registry, Measure.SCALE_INVARIANT, run);
    radialDecay = new OptionalGauge(registry, Measure.RADIAL_DECAY, run);
    scaleInvarianceLost = new OptionalGauge(registry, Measure.SCALE_INVARIANCE_LOST, run);
  }

  /** Takes note of a step; {@link #show} makes it seen. */
  void observe(StepObserved observed, Outcome outcome) {
    state = outcome.state();
    StepReadings readings = outcome.readings();
    if (readings == null) {
      return;
    }
    used++;
    // A step that came late is older than what is shown.
    if (observed.getStep() > newest) {
      newest = observed.getStep();
      step.observe(observed, readings);
    }
  }

  /** Shows what was observed since the last time. */
  void show() {
    RunState present = state;
    if (present == null) {
      return;
    }
    shownUsed = used;
    step.show();
    flow.moveTo(newest);
    show(present.scaleInvariance());
    RadialDecay radial = present.radialDecay();
    radialDecay.show(radial.known() ? (Double) radial.share() : null);
    state = null;
  }

  private void show(ScaleInvariance invariance) {
    scaleInvariant.show(
        switch (invariance) {
          case UNKNOWN -> null;
          case HOLDS, NEARLY -> 1.0;
          case LOST, NEVER -> 0.0;
        });
    scaleInvarianceLost.show(
        switch (invariance) {
          case UNKNOWN -> null;
          case LOST -> 1.0;
          case HOLDS, NEVER, NEARLY -> 0.0;
        });
  }

  void observe(Regime present) {
    regime.show(present);
  }

  void observe(FlowFitted fitted) {
    flow.show(fitted);
    flow.moveTo(Math.max(newest, fitted.getStep()));
  }

  void observe(RegimeChanged change) {
    regime.count(change);
    regime.show(change.getTo());
    if (leavesEdge(change.getTo())) {
      flow.hide();
    }
  }

  void remove() {
    registry.remove(steps);
    step.hide();
    flow.hide();
    regime.hide();
    scaleInvariant.hide();
    radialDecay.hide();
    scaleInvarianceLost.hide();
  }

  /** Off the edge the last fit describes what is no longer so. */
  private static boolean leavesEdge(Regime to) {
    return switch (to) {
      case REGIME_STABLE, REGIME_CATAPULT, REGIME_CHAOTIC, REGIME_DIVERGED -> true;
      default -> false;
    };
  }
}
