package brink.distribution.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards and rules in a real Prometheus that scraped every metric of the contract. */
class DashboardExpressionsIT {
  private static final String CHECK = "dashboard expressions";

  @Test
  void expressions_scrapedContract_allHaveData(@TempDir Path folder) throws IOException {
    Path program = Programs.require("prometheus", CHECK);
    try (MetricsSource metrics = new FixtureMetrics();
        PrometheusHarness prometheus = PrometheusHarness.start(program, metrics.uri(), folder)) {
      ExpressionCheck check = new ExpressionCheck(prometheus, "run-a", Map.of());
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(check.failures()).isEmpty());
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(check.ruleFailures()).isEmpty());
      assertThat(alerts(prometheus)).allSatisfy(DashboardExpressionsIT::isComplete);
    }
  }

  @Test
  void expressions_unknownRun_areFound(@TempDir Path folder) throws IOException {
    Path program = Programs.require("prometheus", CHECK);
    try (MetricsSource metrics = new FixtureMetrics();
        PrometheusHarness prometheus = PrometheusHarness.start(program, metrics.uri(), folder)) {
      ExpressionCheck check = new ExpressionCheck(prometheus, "nobody", Map.of());
      assertThat(check.failures())
          .anyMatch(f -> f.contains("panel \"Loss\": no data: brink_loss{run=\"$run\"}"));
    }
  }

  private static List<JsonObject> alerts(PrometheusHarness prometheus) {
    return prometheus.rules().stream()
        .filter(rule -> Dashboard.text(rule, "type").equals("alerting"))
        .toList();
  }

  private static void isComplete(JsonObject alert) {
    String name = Dashboard.text(alert, "name");
    JsonObject annotations = alert.getAsJsonObject("annotations");
    assertThat(Dashboard.text(alert.getAsJsonObject("labels"), "severity"))
        .as("severity of %s", name)
        .isIn("info", "warning", "critical");
    assertThat(Dashboard.text(annotations, "summary")).as("summary of %s", name).isNotBlank();
    assertThat(Dashboard.text(annotations, "description"))
        .as("description of %s", name)
        .isNotBlank();
    assertThat(Dashboard.text(annotations, "runbook_url"))
        .isEqualTo("{{ or $externalLabels.brink_runbooks \"docs/runbooks\" }}/" + name + ".md");
  }
}
