package brink.monitor.metrics;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.run.Outcome;
import brink.monitor.topology.RunObserver;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Timestamp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  private final MeterRegistry registry;
  private final Retention retention;
  private final InstantSource clock;
  private final Function<String, @Nullable RunEntry> catalogue;
  private final Map<String, RunMeters> runs = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<RunMeters> observed = new HashSet<>();
  private final Map<String, Instant> leaving = new HashMap<>();
  private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);
  private final Timer delay;

  /**
   * Meters in a registry.
   *
   * @param retention how long the meters of runs stay that are over
   * @param clock gives the time of an event's arrival
   * @param catalogue what is known of a run, also of one that started before this instance; null
   *     where unknown
   */
  public RunMetrics(
      MeterRegistry registry,
      Retention retention,
      InstantSource clock,
      Function<String, @Nullable RunEntry> catalogue) {
    this.registry = registry;
    this.retention = retention;
    this.clock = clock;
    this.catalogue = catalogue;
    for (RejectionReason reason : RejectionReason.values()) {
      if (reason != RejectionReason.REJECTION_REASON_UNSPECIFIED
          && reason != RejectionReason.UNRECOGNIZED) {
        rejected.put(reason, rejectedCounter(registry, reason));
      }
    }
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
   * @param afterSilence long enough for an alert on STALLED to fire and be seen
   */
  public record Retention(Duration afterEnd, Duration afterSilence) {
    /** Five minutes after the end, an hour after silence. */
    public static final Retention DEFAULT =
        new Retention(Duration.ofMinutes(5), Duration.ofHours(1));
  }

  @Override
  public synchronized void onStarted(RunStarted started) {
    RunMeters meters = meters(started.getRunId());
    meters.inform(started);
    meters.observe(Regime.REGIME_STARTING);
  }

  @Override
  public synchronized void onResumed(RunStarted started, Outcome outcome) {
    leaving.remove(started.getRunId());
    RunMeters meters = meters(started.getRunId());
    meters.inform(started);
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
    Counter counter = rejected.get(record.getReason());
    if (counter != null) {
      counter.increment();
    }
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
    runs.forEach(this::showOutcome);
  }

  private void showOutcome(String runId, RunMeters meters) {
    RunEntry entry = catalogue.apply(runId);
    if (entry != null) {
      meters.show(entry);
    }
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
    if (!meters.informed()) {
      RunEntry entry = catalogue.apply(runId);
      if (entry != null && entry.started() != null) {
        meters.inform(entry.started());
      }
    }
    return meters;
  }

  private void remove(String runId) {
    leaving.remove(runId);
    RunMeters meters = runs.remove(runId);
    if (meters != null) {
      observed.remove(meters);
      meters.remove();
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

  private static Counter rejectedCounter(MeterRegistry registry, RejectionReason reason) {
    return Counter.builder("brink.rejected")
        .description("Records, and findings about records, that went to brink.rejected.")
        .tag("reason", reason.name().substring("REJECTION_REASON_".length()))
        .register(registry);
  }
}
