package brink.monitor.metrics;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.metrics.RunMetrics.Retention;
import brink.monitor.run.Outcome;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.SyntheticRun;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * A run, its metrics and what a catalogue knows of it; time stands still unless a test moves it.
 */
abstract class MetricsScenario {
  static final Duration GRACE = Duration.ofMinutes(5);
  static final Duration SILENCE = Duration.ofHours(1);
  static final Duration STANDING = Duration.ofDays(1);

  final SyntheticRun run = new SyntheticRun("run-a");
  final Map<String, RunEntry> catalogue = new HashMap<>();
  final Map<Regime, Instant> changedAt = new EnumMap<>(Regime.class);
  final MonitorRegistry registry = new MonitorRegistry("1.2.3");
  Instant now = Instant.ofEpochMilli(SyntheticRun.time(0)).plusMillis(40);
  final RunMetrics metrics =
      new RunMetrics(
          registry.meters(),
          new Retention(GRACE, SILENCE, STANDING),
          () -> now,
          new RunDirectory() {
            @Override
            public List<RunEntry> runs() {
              return List.copyOf(catalogue.values());
            }

            @Override
            public @Nullable RunEntry run(String runId) {
              return catalogue.get(runId);
            }

            @Override
            public Map<Regime, Instant> changedAt(String runId) {
              return changedAt;
            }
          });
  final RunFold fold = new RunFold();
  RunState state = fold.start(run.started());

  @AfterEach
  void close() {
    registry.close();
  }

  void step(StepObserved step) {
    Outcome outcome = fold.step(state, step);
    state = outcome.state();
    metrics.onStep(step, outcome);
  }

  void end() {
    Outcome outcome = fold.end(state, run.end(0).getEnded());
    outcome.changes().forEach(metrics::onRegimeChanged);
  }

  static RegimeChanged change(Regime from, Regime to) {
    return RegimeChanged.newBuilder().setRunId("run-a").setFrom(from).setTo(to).build();
  }

  String scrape() {
    metrics.refresh();
    return registry.scrape("text/plain; version=0.0.4");
  }

  List<String> lines(String start) {
    return scrape().lines().filter(line -> line.startsWith(start)).toList();
  }
}
