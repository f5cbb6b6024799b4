package brink.monitor.metrics;

import brink.monitor.regime.ScaleInvariance;
import brink.monitor.run.Outcome;
import brink.monitor.run.StepReadings;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** All meters of one run. Not thread-safe. */
final class RunMeters {
  private final MeterRegistry registry;
  private final String runId;
  private final Counter steps;
  private final StepMeters step;
  private final FlowMeters flow;
  private final RegimeMeters regime;
  private final OptionalGauge scaleInvariant;
  private OptionalGauge info;
  private boolean informed;
  private long newest = -1;

  RunMeters(MeterRegistry registry, String runId) {
    this.registry = registry;
    this.runId = runId;
    Tags run = Tags.of("run", runId);
    steps = Counter.builder("brink.steps").description("Steps used.").tags(run).register(registry);
    step = new StepMeters(registry, run);
    flow = new FlowMeters(registry, run);
    regime = new RegimeMeters(registry, run);
    scaleInvariant = new OptionalGauge(registry, Measure.SCALE_INVARIANT, run);
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

  void observe(StepObserved observed, Outcome outcome) {
    if (outcome.readings() != null) {
      steps.increment();
      show(observed, outcome.readings());
    }
    regime.show(outcome.state().regime());
    show(outcome.state().scaleInvariance());
  }

  private void show(ScaleInvariance invariance) {
    scaleInvariant.show(
        switch (invariance) {
          case UNKNOWN -> null;
          case HOLDS -> 1.0;
          case LOST, NEVER, NEARLY -> 0.0;
        });
  }

  // A step that came late is older than what is shown.
  private void show(StepObserved observed, StepReadings readings) {
    if (observed.getStep() > newest) {
      newest = observed.getStep();
      step.show(observed, readings);
      flow.moveTo(newest);
    }
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
    info.hide();
  }

  /** Off the edge the last fit describes what is no longer so. */
  private static boolean leavesEdge(Regime to) {
    return switch (to) {
      case REGIME_STABLE, REGIME_CATAPULT, REGIME_DIVERGED -> true;
      default -> false;
    };
  }
}
