package brink.monitor.metrics;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.geometry.RadialDecay;
import brink.monitor.regime.ScaleInvariance;
import brink.monitor.run.Outcome;
import brink.monitor.run.RunState;
import brink.monitor.run.StepReadings;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** All meters of one run. Not thread-safe. */
final class RunMeters {
  private final MeterRegistry registry;
  private final String runId;
  private final FunctionCounter steps;
  private final StepMeters step;
  private final FlowMeters flow;
  private final RegimeMeters regime;
  private final OutcomeMeters outcome;
  private final OptionalGauge scaleInvariant;
  private final OptionalGauge radialDecay;
  private OptionalGauge info;
  private boolean informed;
  private long newest = -1;
  private long used;
  private volatile long shownUsed;
  private @Nullable RunState state;

  RunMeters(MeterRegistry registry, String runId) {
    this.registry = registry;
    this.runId = runId;
    Tags run = Tags.of("run", runId);
    steps =
        FunctionCounter.builder("brink.steps", this, meters -> meters.shownUsed)
            .description("Steps used.")
            .tags(run)
            .register(registry);
    step = new StepMeters(registry, run);
    flow = new FlowMeters(registry, run);
    regime = new RegimeMeters(registry, run);
    outcome = new OutcomeMeters(registry, run);
    scaleInvariant = new OptionalGauge(registry, Measure.SCALE_INVARIANT, run);
    radialDecay = new OptionalGauge(registry, Measure.RADIAL_DECAY, run);
    info = new OptionalGauge(registry, Measure.RUN_INFO, run);
  }

  /** Whether it is known what the run is. */
  boolean informed() {
    return informed;
  }

  void inform(RunStarted started) {
    if (!informed) {
      info = new OptionalGauge(registry, Measure.RUN_INFO, RunInfo.tags(runId, started));
      info.show(1.0);
      informed = true;
    }
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
  }

  /** Shows how the run is doing, and what became of it. */
  void show(RunEntry entry) {
    outcome.show(entry);
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
    outcome.hide();
    scaleInvariant.hide();
    radialDecay.hide();
    info.hide();
  }

  /** Off the edge the last fit describes what is no longer so. */
  private static boolean leavesEdge(Regime to) {
    return switch (to) {
      case REGIME_STABLE, REGIME_CATAPULT, REGIME_CHAOTIC, REGIME_DIVERGED -> true;
      default -> false;
    };
  }
}
