package brink.distribution.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.Monitor;
import brink.distribution.Program;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.report.EdgePairs;
import brink.monitor.report.ForecastScore;
import brink.monitor.report.GradientAgreement;
import brink.monitor.report.RunReport;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.SharpnessPoint;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The demo as it is, once; then what it left behind. η_in is the problem's own, 2e-4. */
@TestInstance(Lifecycle.PER_CLASS)
final class DemoIT {
  private static final String RUN = "whole";

  private static final Pattern RUN_METRIC =
      Pattern.compile("^(brink_\\w+)\\{[^}]*\\brun=\"" + RUN + "\"", Pattern.MULTILINE);

  /** Deviations of theory at this η_in are of its order, 2e-4; this is a hundred times that. */
  private static final double PAIR_MEAN_TOLERANCE = 0.02;

  private final Set<String> metrics = new TreeSet<>();
  private Path data;
  private int exitCode;
  private RunReport report;
  private RunEntry entry;

  @BeforeAll
  void runDemo(@TempDir Path folder) {
    data = folder;
    String httpPort = FreePort.find();
    CompletableFuture<Program.Result> demo = start(httpPort, RUN, "--exit", "--rate", "max");
    try (Monitor monitor = new Monitor(httpPort)) {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> {
                RUN_METRIC
                    .matcher(monitor.metrics())
                    .results()
                    .map((MatchResult line) -> line.group(1))
                    .forEach(metrics::add);
                return demo.isDone();
              });
    }
    exitCode = demo.join().exitCode();
    try (StoredDemo stored = StoredDemo.open(data)) {
      report = stored.report(RUN);
      entry = stored.run(RUN);
    }
  }

  @Test
  void demo_completed_exits0WithEveryStepRecorded() {
    assertThat(exitCode).isZero();
    assertThat(entry.status()).isEqualTo(RunEntry.Status.COMPLETED);
    assertThat(report.steps()).hasSize(20_000);
    assertThat(report.steps().getLast().getStep()).isEqualTo(19_999);
  }

  @Test
  void regimes_always_tellTheWholeStory() {
    assertThat(report.changes())
        .extracting(RegimeChanged::getTo)
        .containsExactly(
            Regime.REGIME_STABLE,
            Regime.REGIME_EDGE,
            Regime.REGIME_FLOWING,
            Regime.REGIME_SETTLED,
            Regime.REGIME_ENDED);
  }

  @Test
  void scaledSharpness_atTheSettledEdge_averages2AtTheIterates() {
    EdgePairs pairs = report.edgePairs().orElseThrow();
    assertThat(pairs.point()).isEqualTo(SharpnessPoint.SHARPNESS_POINT_ITERATE);
    assertThat(pairs.pairs()).isEqualTo(1_000);
    assertThat(pairs.mean()).isCloseTo(2, within(PAIR_MEAN_TOLERANCE));
  }

  @Test
  void logSharpnessGradient_threeWays_agreesWithin5Percent() {
    GradientAgreement agreement = GradientAgreement.of(report.fits()).orElseThrow();
    assertThat(agreement.fits()).isGreaterThan(20);
    assertThat(agreement.worst()).isLessThan(0.05);
  }

  @Test
  void forecast_oneUnitAhead_isRightToAPercentInTheMedian() {
    ForecastScore score = ForecastScore.of(report.fits(), 1).orElseThrow();
    assertThat(score.forecasts()).isGreaterThan(50);
    assertThat(score.median()).isLessThan(0.01);
    // in the burst after the onset, with an interval as wide
    assertThat(score.worst()).isLessThan(0.15);
    assertThat(score.median()).isLessThan(score.medianUnchanged());
  }

  @Test
  void metrics_whileTheRunGoes_haveEveryNameOfTheContract() {
    // Of the contract's metrics of a run, brink_accuracy is missing, as this is a regression, and
    // what --predict-flow adds.
    assertThat(metrics)
        .contains(
            "brink_run_info",
            "brink_step",
            "brink_loss",
            "brink_weight_norm",
            "brink_gradient_norm",
            "brink_effective_learning_rate",
            "brink_sharpness",
            "brink_sharpness_residual",
            "brink_stability_ratio",
            "brink_gradient_cosine",
            "brink_angular_step",
            "brink_flow_time",
            "brink_log_sharpness_gradient_squared",
            "brink_log_sharpness_rate",
            "brink_flow_consistent",
            "brink_sharpness_forecast",
            "brink_steps_to_edge",
            "brink_regime",
            "brink_regime_changes_total",
            "brink_scale_invariant",
            "brink_norm_ledger_error",
            "brink_steps_total");
  }

  @Test
  void replay_ofTheStoredRun_verifies() {
    Program.Result replay =
        Program.run("replay", "--run", RUN, "--verify", "--data-dir", data.toString());
    assertThat(replay.err()).isEmpty();
    assertThat(replay.out()).contains("verified: all 5 recorded regime changes are the same");
    assertThat(replay.exitCode()).isZero();
  }

  @Test
  void report_ofTheStoredRun_isThePageWithItsData(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    Program.Result result =
        Program.run(
            "report", "--run", RUN, "--html", file.toString(), "--data-dir", data.toString());
    assertThat(result.exitCode()).withFailMessage(result.err()).isZero();
    Matcher embedded =
        Pattern.compile("<script type=\"application/json\" id=\"brink-data\">(.*?)</script>")
            .matcher(Files.readString(file));
    assertThat(embedded.find()).isTrue();
    JsonObject document = JsonParser.parseString(embedded.group(1)).getAsJsonObject();
    assertThat(document.get("hash").getAsString()).isEqualTo("#/runs/" + RUN);
    JsonObject run = document.getAsJsonObject("runs").getAsJsonObject(RUN);
    assertThat(run.getAsJsonObject("series").getAsJsonObject("series").keySet())
        .contains("loss", "stability_ratio", "flow_time", "fit.g2.direct");
    assertThat(run.getAsJsonObject("run").getAsJsonArray("regime_changes")).hasSize(5);
  }

  @Test
  void runs_ofTheStoredFolder_listTheRun() {
    Program.Result runs = Program.run("runs", "--data-dir", data.toString());
    assertThat(runs.exitCode()).isZero();
    assertThat(runs.out()).contains(RUN, "bn-linear", "20,000", "COMPLETED", "SETTLED@3,666");
  }

  @Test
  void demo_startedAgain_showsTheEarlierRunFromKafkaAlone() {
    String httpPort = FreePort.find();
    CompletableFuture<Program.Result> again =
        start(httpPort, "again", "--exit", "--steps", "500", "--rate", "100");
    try (Monitor monitor = new Monitor(httpPort)) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> monitor.lastStep("again") > 0 && monitor.isAt(RUN, "REGIME_ENDED"));
      assertThat(monitor.lastStep(RUN)).isEqualTo(19_999);
    }
    assertThat(again.join().exitCode()).isZero();
  }

  private CompletableFuture<Program.Result> start(String httpPort, String run, String... more) {
    return Demos.start(data, httpPort, run, more);
  }
}
