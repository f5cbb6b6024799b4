package brink.monitor.metrics;

import brink.monitor.catalogue.RunEntry;
import brink.v1.Regime;
import brink.v1.RunStarted;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is true of a run also while nothing comes: what it is, how it is doing, what became of it,
 * and when it last came to each regime. Not thread-safe.
 */
final class StandingMeters {
  private static final double MILLIS = 1e3;

  private final MeterRegistry registry;
  private final String runId;
  private final OutcomeMeters outcome;
  private final Map<Regime, OptionalGauge> changes = new EnumMap<>(Regime.class);
  private OptionalGauge info;
  private boolean informed;

  StandingMeters(MeterRegistry registry, String runId) {
    this.registry = registry;
    this.runId = runId;
    Tags run = Tags.of("run", runId);
    outcome = new OutcomeMeters(registry, run);
    info = new OptionalGauge(registry, Measure.RUN_INFO, run);
  }

  void inform(RunStarted started) {
    if (!informed) {
      info = new OptionalGauge(registry, Measure.RUN_INFO, RunInfo.tags(runId, started));
      info.show(1.0);
      informed = true;
    }
  }

  /**
   * Shows what is known.
   *
   * @param changedAt when it last came to each regime
   */
  void show(RunEntry entry, Map<Regime, Instant> changedAt) {
    if (entry.started() != null) {
      inform(entry.started());
    }
    outcome.show(entry);
    changedAt.forEach(this::show);
  }

  private void show(Regime to, Instant at) {
    if (RegimeMeters.isShown(to)) {
      changes
          .computeIfAbsent(
              to,
              regime ->
                  new OptionalGauge(
                      registry,
                      Measure.REGIME_CHANGED,
                      Tags.of("run", runId, "to", RegimeMeters.label(regime))))
          .show(at.toEpochMilli() / MILLIS);
    }
  }

  void hide() {
    info.hide();
    outcome.hide();
    changes.values().forEach(OptionalGauge::hide);
  }
}
