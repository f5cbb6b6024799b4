package brink.monitor.metrics;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.metrics.RunMetrics.Retention;
import brink.monitor.run.Outcome;
import brink.monitor.topology.RunObserver;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Timestamp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run's metrics were at each of its steps: observes a replay, and shows the same meters that
 * a monitor shows, as they are once all that a step brought is known. Time goes forward: of steps
 * that share a millisecond, or an interval that is asked for, the last one stands. For one thread.
 */
public final class MetricHistory implements RunObserver, AutoCloseable {
  private static final Duration LONG = Duration.ofDays(100_000);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final OpenMetricsText text = new OpenMetricsText();
  private final Times times;
  private final RunMetrics metrics;
  private @Nullable Instant pending;
  private @Nullable Instant first;
  private long untimed;
  private long steps;
  private long shown;

  /**
   * Where steps are in time.
   *
   * @param every at most one sample in such an interval; a millisecond at least
   * @param stretch how long a step takes, from the first one on; null leaves each where it was
   */
  public record Times(Duration every, @Nullable Duration stretch) {
    /** Each step in its own millisecond. */
    public static final Times ORIGINAL = new Times(Duration.ofMillis(1), null);
  }

  /** An empty history. */
  public MetricHistory(Times times) {
    this.times = times;
    this.metrics =
        new RunMetrics(
            registry, new Retention(LONG, LONG, Duration.ZERO), () -> Instant.EPOCH, new Nobody());
  }

  @Override
  public void onStarted(RunStarted started) {
    metrics.onStarted(started);
  }

  @Override
  public void onResumed(RunStarted started, Outcome outcome) {
    metrics.onResumed(started, outcome);
  }

  @Override
  public void onStep(StepObserved step, Outcome outcome) {
    if (outcome.readings() == null) {
      return;
    }
    if (!step.hasObservedAt() && times.stretch() == null) {
      untimed++;
      return;
    }
    Instant at = time(step);
    if (pending != null && bucket(at) > bucket(pending)) {
      sample(pending);
    }
    metrics.onStep(step, outcome);
    steps++;
    if (pending == null || at.isAfter(pending)) {
      pending = at;
    }
  }

  @Override
  public void onRegimeChanged(RegimeChanged change) {
    metrics.onRegimeChanged(change);
  }

  @Override
  public void onFlowFitted(FlowFitted flow) {
    metrics.onFlowFitted(flow);
  }

  /** Steps that were seen. */
  public long steps() {
    return steps;
  }

  /** Steps at which there are samples. */
  public long shown() {
    return shown;
  }

  /**
   * Writes everything as OpenMetrics; call once, after the last step.
   *
   * @throws IllegalArgumentException if steps do not say when they were, and are not stretched
   */
  public void write(Appendable out) throws IOException {
    if (untimed > 0) {
      throw new IllegalArgumentException(
          "%d steps of the run do not say when they were; give --stretch TIME".formatted(untimed));
    }
    if (pending != null) {
      sample(pending);
      pending = null;
    }
    text.write(out);
  }

  @Override
  public void close() {
    registry.close();
  }

  private Instant time(StepObserved step) {
    Duration stretch = times.stretch();
    Timestamp observed = step.getObservedAt();
    Instant at = Instant.ofEpochSecond(observed.getSeconds(), observed.getNanos());
    if (first == null) {
      first = at;
    }
    return stretch == null ? at : first.plus(stretch.multipliedBy(step.getStep()));
  }

  private long bucket(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), times.every().toMillis());
  }

  private void sample(Instant at) {
    metrics.refresh();
    shown++;
    for (Meter meter : registry.getMeters()) {
      if (meter.getId().getTag("run") != null) {
        switch (meter) {
          case Gauge gauge -> text.add(meter.getId(), at, gauge.value());
          case FunctionCounter counter -> text.add(meter.getId(), at, counter.count());
          case Counter counter -> text.add(meter.getId(), at, counter.count());
          default -> {}
        }
      }
    }
  }

  /** A replay knows what its events say, and nothing else. */
  private static final class Nobody implements RunDirectory {
    @Override
    public List<RunEntry> runs() {
      return List.of();
    }

    @Override
    public @Nullable RunEntry run(String runId) {
      return null;
    }
  }
}
