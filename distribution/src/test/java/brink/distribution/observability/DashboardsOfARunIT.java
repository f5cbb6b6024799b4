package brink.distribution.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.Monitor;
import brink.distribution.ProgramProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards and rules in a real Prometheus that scrapes a real run from its start to its end. */
final class DashboardsOfARunIT {
  private static final String RUN = "watched";

  /** What a run of bn-linear that goes well has no data for. */
  private static final Map<String, String> ABSENT =
      Map.ofEntries(
          Map.entry("kafka_consumer", "these meters are bound a minute after the start"),
          Map.entry("kafka_stream_thread", "likewise"),
          Map.entry("brink_lag_records", "derived from those"),
          Map.entry("brink_accuracy", "a regression has no accuracy"),
          Map.entry("brink_predicted_sharpness", "only --predict-flow predicts trajectories"),
          Map.entry("brink_flow_distance", "likewise"),
          Map.entry("brink_flow_angle", "likewise"),
          Map.entry("brink_rejected", "no record is bad"),
          Map.entry("alertstate=\"firing\"", "an alert waits for minutes before it fires"),
          Map.entry("ALERTS", "an alert waits for minutes before it fires"),
          Map.entry("BrinkDiverged", "nothing diverges"));

  @TempDir Path data;
  @TempDir Path logs;
  @TempDir Path prometheusFolder;

  @Test
  void expressions_scrapedFromARun_haveDataWhileItGoes() throws IOException {
    Path program = Programs.require("prometheus", "dashboards of a real run");
    String httpPort = FreePort.find();
    try (ProgramProcess demo = demo(httpPort);
        Monitor monitor = new Monitor(httpPort)) {
      await()
          .atMost(Duration.ofSeconds(90))
          .failFast("the demo ended, see its log", () -> !demo.isAlive())
          .until(() -> monitor.lastStep(RUN) > 0);
      try (PrometheusHarness prometheus =
          PrometheusHarness.start(program, monitor.page("metrics"), prometheusFolder)) {
        assertThat(neverWithData(new ExpressionCheck(prometheus, RUN, ABSENT), monitor)).isEmpty();
        assertThat(
                prometheus.rules().stream()
                    .map(rule -> Dashboard.text(rule, "lastError"))
                    .filter(error -> !error.isEmpty()))
            .isEmpty();
      }
    }
  }

  /** Expressions that had no data at any time of the run. */
  private static Set<String> neverWithData(ExpressionCheck check, Monitor monitor) {
    Set<String> open = new HashSet<>(failures(check));
    await()
        .pollInterval(Duration.ofSeconds(1))
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              boolean over = monitor.isAt(RUN, "REGIME_ENDED");
              open.retainAll(failures(check));
              return over || open.isEmpty();
            });
    return open;
  }

  private static List<String> failures(ExpressionCheck check) {
    return Stream.concat(check.failures().stream(), check.ruleFailures().stream()).toList();
  }

  /**
   * Slow enough for Prometheus to see the fifteen seconds before the edge; the check ends when all
   * expressions have had data.
   */
  private ProgramProcess demo(String httpPort) throws IOException {
    return ProgramProcess.start(
        logs.resolve("demo.log"),
        "demo",
        "--data-dir",
        data.toString(),
        "--port",
        FreePort.find(),
        "--http-port",
        httpPort,
        "--run-id",
        RUN,
        "--rate",
        "250");
  }
}
