package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.SampleSpread;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.run.Outcome;
import brink.monitor.topology.RunObserver;
import brink.schemas.KafkaSettings;
import brink.v1.StepObserved;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How long after a step was due a monitor knows it, with many runs under way; and what a scrape
 * costs then. The producer of all runs is in this process, the broker in one of its own.
 */
final class MonitorDelayRow implements Row {
  private static final PacedRuns FLEET = new PacedRuns(1_000, 20);
  private static final int SCRAPES = 11;

  /** The monitor's commit interval and a quarter of a second. */
  private static final double TARGET_SECONDS = 0.1 + 0.25;

  @Override
  public String name() {
    return "monitor-delay";
  }

  @Override
  public String title(Conditions conditions) {
    return "delay of the monitor, %,d runs of %d steps/s"
        .formatted(FLEET.runs(), FLEET.stepsPerSecond());
  }

  @Override
  public boolean needsPeer() {
    return false;
  }

  @Override
  public List<String> jvmOptions() {
    return List.of("-Xmx2g");
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) throws Exception {
    progress.accept("recording a run");
    BnLinearRun template = BnLinearRun.record();
    int seconds = conditions.choose(120, 20);
    int events = Math.toIntExact(FLEET.events(seconds));
    Delays delays = new Delays(events);
    try (BrokerProcess broker = BrokerProcess.start()) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      MonitorSettings settings =
          MonitorSettings.of(kafka).servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0);
      try (MonitorApp monitor = new MonitorApp(settings, Clock.systemUTC(), delays)) {
        monitor.start();
        progress.accept("training for %d s".formatted(seconds));
        FLEET.publish(kafka, template, seconds);
        delays.await();
        progress.accept("scraping");
        List<Line> lines = new ArrayList<>(delays.lines());
        lines.add(
            Line.measurement(
                "/metrics of %,d runs".formatted(FLEET.runs()),
                scrapes(monitor),
                Unit.MILLISECONDS,
                Target.atMost(0.3)));
        return lines;
      }
    }
  }

  private static SampleSpread scrapes(MonitorApp monitor) throws IOException, InterruptedException {
    double[] seconds = new double[SCRAPES];
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(monitor.uri().resolve("metrics")).build();
      for (int i = -1; i < SCRAPES; i++) {
        long begin = System.nanoTime();
        var _ = http.send(request, BodyHandlers.discarding());
        if (i >= 0) {
          seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
      }
    }
    return SampleSpread.of(seconds);
  }

  /**
   * Delays in the order of the steps. Monitor, broker and runs all start cold and at once; the
   * second half of the steps is what the row is about.
   */
  private static final class Delays implements RunObserver {
    private final long[] millis;
    private final long[] times;
    private int seen;

    Delays(int events) {
      millis = new long[events];
      times = new long[events];
    }

    @Override
    public synchronized void onStep(StepObserved step, Outcome outcome) {
      times[seen] = System.currentTimeMillis();
      millis[seen] = times[seen] - Timestamps.toMillis(step.getObservedAt());
      seen++;
      if (seen == millis.length) {
        notifyAll();
      }
    }

    synchronized void await() throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      while (seen < millis.length) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the monitor saw %d of %d steps".formatted(seen, millis.length));
        }
        wait(1_000);
      }
    }

    List<Line> lines() {
      double[] seconds =
          Arrays.stream(millis, millis.length / 2, millis.length)
              .mapToDouble(delay -> delay / 1e3)
              .sorted()
              .toArray();
      return List.of(
          Line.information(
              "from a step's time to its metrics, median",
              SampleSpread.exactly(SampleSpread.quantile(seconds, 0.5)),
              Unit.MILLISECONDS),
          Line.measurement(
              "from a step's time to its metrics, 99th percentile",
              SampleSpread.exactly(SampleSpread.quantile(seconds, 0.99)),
              Unit.MILLISECONDS,
              Target.atMost(TARGET_SECONDS)),
          Line.information(
              "after a cold start of monitor, broker and runs at once, late until",
              SampleSpread.exactly(caughtUp()),
              Unit.SECONDS));
    }

    /** Seconds from the first step to the last one of the first half that missed the target. */
    private double caughtUp() {
      int last = 0;
      for (int i = 0; i < millis.length / 2; i++) {
        if (millis[i] > TARGET_SECONDS * 1e3) {
          last = i;
        }
      }
      return (times[last] - (times[0] - millis[0])) / 1e3;
    }
  }
}
