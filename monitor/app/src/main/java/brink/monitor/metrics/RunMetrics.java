package brink.monitor.metrics;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.run.Outcome;
import brink.monitor.topology.RunObserver;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Timestamp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The present of every run that this instance holds.
 *
 * <p>A run's meters go some time after it ended or fell silent, so that a last scrape sees how;
 * they go at once when the run moves to another instance. One lock guards it all: an event takes it
 * once, and so does a scrape, which sets the gauges.
 */
public final class RunMetrics implements RunObserver {
  private static final Duration[] DELAYS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
  };

  /**
   * A run under way has some 50 series of 150 bytes. Beyond, the meters of the run go that was
   * silent for longest.
   */
  private static final int MOST_RUNS = 5_000;

  /** A run that is over or silent has some 20 series. */
  private static final int MOST_QUIET = 1_000;

  private final MeterRegistry registry;
  private final Retention retention;
  private final InstantSource clock;
  private final RunDirectory catalogue;
  private final Map<String, RunMeters> runs = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<RunMeters> observed = new HashSet<>();
  private final Map<String, Instant> leaving = new HashMap<>();
  private final Map<String, StandingMeters> standing = new HashMap<>();
  private final RejectionMeters rejected;
  private final Timer delay;

  /**
   * Meters in a registry.
   *
   * @param retention how long the meters of runs stay that are over
   * @param clock gives the time of an event's arrival
   * @param catalogue what is known of runs, also of those that started before this instance
   */
  public RunMetrics(
      MeterRegistry registry, Retention retention, InstantSource clock, RunDirectory catalogue) {
    this.registry = registry;
    this.retention = retention;
    this.clock = clock;
    this.catalogue = catalogue;
    rejected = new RejectionMeters(registry);
    delay =
        Timer.builder("brink.event.delay")
            .description("From the producer's clock to the meters of this instance.")
            .serviceLevelObjectives(DELAYS)
            .register(registry);
  }

  /**
   * How long meters outlive their run.
   *
   * @param afterEnd a few scrapes, so that Prometheus has the last values
   * @param afterSilence long enough for a person to look at the last values
   * @param standing for how long it is said of a run that is over, or silent, what it is and how it
   *     is doing
   */
  public record Retention(Duration afterEnd, Duration afterSilence, Duration standing) {
    /** Five minutes after the end, an hour after silence; a day for what stands. */
    public static final Retention DEFAULT =
        new Retention(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(1));
  }

  @Override
  public synchronized void onStarted(RunStarted started) {
    RunMeters meters = meters(started.getRunId());
    standing(started.getRunId()).inform(started);
    meters.observe(Regime.REGIME_STARTING);
  }

  @Override
  public synchronized void onResumed(RunStarted started, Outcome outcome) {
    leaving.remove(started.getRunId());
    RunMeters meters = meters(started.getRunId());
    standing(started.getRunId()).inform(started);
    meters.observe(outcome.state().regime());
  }

  @Override
  public synchronized void onStep(StepObserved step, Outcome outcome) {
    if (outcome.state().regime() == Regime.REGIME_ENDED && !runs.containsKey(step.getRunId())) {
      return;
    }
    RunMeters meters = meters(step.getRunId());
    meters.observe(step, outcome);
    observed.add(meters);
    recordDelay(step);
  }

  @Override
  public synchronized void onRegimeChanged(RegimeChanged change) {
    String runId = change.getRunId();
    meters(runId).observe(change);
    switch (change.getTo()) {
      case REGIME_ENDED -> leave(runId, retention.afterEnd());
      case REGIME_STALLED -> leave(runId, retention.afterSilence());
      default -> leaving.remove(runId);
    }
  }

  @Override
  public synchronized void onFlowFitted(FlowFitted flow) {
    meters(flow.getRunId()).observe(flow);
  }

  @Override
  public void onRejected(Rejected record) {
    rejected.count(record, clock.instant());
  }

  @Override
  public synchronized void onReleased(String runId) {
    remove(runId);
  }

  /**
   * Brings the meters up to date, and lets those of runs go that are over for long enough; call
   * before each scrape.
   */
  public synchronized void refresh() {
    observed.forEach(RunMeters::show);
    observed.clear();
    removeLeft();
    rejected.forget(clock.instant());
    showStanding();
  }

  /** Of the runs that have meters here, and of those that are over or silent. */
  private void showStanding() {
    Map<String, RunEntry> known = new HashMap<>();
    catalogue.quietSince(clock.instant().minus(retention.standing())).stream()
        .sorted(Comparator.comparing(RunEntry::updatedAt).reversed())
        .limit(MOST_QUIET)
        .forEach(entry -> known.put(entry.runId(), entry));
    for (String runId : runs.keySet()) {
      RunEntry entry = catalogue.run(runId);
      if (entry != null) {
        known.put(runId, entry);
      }
    }
    standing.entrySet().removeIf(each -> hideUnless(known, each.getKey(), each.getValue()));
    known.forEach((runId, entry) -> standing(runId).show(entry, catalogue.changedAt(runId)));
  }

  private boolean hideUnless(Map<String, RunEntry> known, String runId, StandingMeters meters) {
    if (known.containsKey(runId) || runs.containsKey(runId)) {
      return false;
    }
    meters.hide();
    return true;
  }

  private void removeLeft() {
    Instant now = clock.instant();
    leaving.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::remove);
  }

  private void leave(String runId, Duration after) {
    leaving.put(runId, clock.instant().plus(after));
  }

  private RunMeters meters(String runId) {
    RunMeters meters = runs.computeIfAbsent(runId, id -> new RunMeters(registry, id));
    if (runs.size() > MOST_RUNS) {
      remove(runs.keySet().iterator().next());
    }
    return meters;
  }

  private StandingMeters standing(String runId) {
    return standing.computeIfAbsent(runId, id -> new StandingMeters(registry, id));
  }

  private void remove(String runId) {
    leaving.remove(runId);
    RunMeters meters = runs.remove(runId);
    if (meters != null) {
      observed.remove(meters);
      meters.remove();
    }
    StandingMeters what = standing.remove(runId);
    if (what != null) {
      what.hide();
    }
  }

  private void recordDelay(StepObserved step) {
    if (step.hasObservedAt()) {
      Timestamp at = step.getObservedAt();
      long sent =
          Math.addExact(Math.multiplyExact(at.getSeconds(), 1_000L), at.getNanos() / 1_000_000);
      // A producer's clock may be ahead of ours.
      delay.record(Math.max(0, clock.millis() - sent), TimeUnit.MILLISECONDS);
    }
  }
}
