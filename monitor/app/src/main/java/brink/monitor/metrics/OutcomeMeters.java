package brink.monitor.metrics;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.RunEntry.Status;
import brink.monitor.outcome.EdgeEntry;
import brink.monitor.outcome.RunOutcome;
import brink.v1.Regime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run is doing as 0/1 for every status, and what became of it at the edge. */
final class OutcomeMeters {
  private final MeterRegistry registry;
  private final Tags run;
  private final Map<Status, OptionalGauge> statuses = new EnumMap<>(Status.class);
  private final OptionalGauge edgeStep;
  private @Nullable Tags shown;
  private @Nullable OptionalGauge outcome;

  OutcomeMeters(MeterRegistry registry, Tags run) {
    this.registry = registry;
    this.run = run;
    for (Status status : Status.values()) {
      statuses.put(
          status,
          new OptionalGauge(registry, Measure.RUN_STATUS, run.and("status", status.name())));
    }
    edgeStep = new OptionalGauge(registry, Measure.EDGE_STEP, run);
  }

  void show(RunEntry entry) {
    Status present = entry.status();
    statuses.forEach((status, gauge) -> gauge.show(status == present ? 1.0 : 0.0));
    show(entry.outcome());
  }

  private void show(RunOutcome became) {
    EdgeEntry edge = became.edge();
    if (edge == null) {
      edgeStep.hide();
    } else {
      edgeStep.show((double) edge.best());
    }
    Tags labels =
        run.and(
            "furthest", label(became.furthest()),
            "flow", became.flowAnswer().name(),
            "known", Boolean.toString(became.unknown() == null));
    if (labels.equals(shown)) {
      return;
    }
    if (outcome != null) {
      outcome.hide();
    }
    OptionalGauge gauge = new OptionalGauge(registry, Measure.RUN_OUTCOME, labels);
    gauge.show(1.0);
    outcome = gauge;
    shown = labels;
  }

  void hide() {
    statuses.values().forEach(OptionalGauge::hide);
    edgeStep.hide();
    if (outcome != null) {
      outcome.hide();
    }
    outcome = null;
    shown = null;
  }

  private static String label(Regime regime) {
    return regime == Regime.REGIME_UNSPECIFIED ? "" : regime.name().replace("REGIME_", "");
  }
}
