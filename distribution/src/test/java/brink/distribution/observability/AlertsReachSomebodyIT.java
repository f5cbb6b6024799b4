package brink.distribution.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the monitor's metrics by a real Prometheus and a real Alertmanager to a web hook. */
final class AlertsReachSomebodyIT {
  private static final String CHECK = "alerts that reach somebody";
  private static final String INFO = "brink_run_info{run=\"a\",name=\"night run\"} 1";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void alert_ofAFailedRun_isToldWhenItFiresAndWithItsNameWhenItIsOver() throws IOException {
    Path prometheusProgram = Programs.require("prometheus", CHECK);
    Path alertmanagerProgram = Programs.require("prometheus-alertmanager", CHECK);
    try (WebHook hook = new WebHook();
        ChangingMetrics metrics = new ChangingMetrics();
        AlertmanagerHarness alertmanager =
            AlertmanagerHarness.start(alertmanagerProgram, hook, FreePort.find(), folder)) {
      metrics.set(
          INFO,
          "brink_run_status{run=\"a\",status=\"FAILED\"} 1",
          "brink_regime_changed_timestamp_seconds{run=\"a\",to=\"ENDED\"} " + now());
      try (PrometheusHarness _ =
          PrometheusHarness.start(
              prometheusProgram, metrics.uri(), alertmanager.uri(), folder.resolve("prometheus"))) {
        await().atMost(PATIENCE).until(() -> hook.wasTold("firing", "BrinkRunFailed"));

        metrics.set("brink_run_status{run=\"b\",status=\"RUNNING\"} 1");

        await().atMost(PATIENCE).until(() -> hook.wasTold("resolved", "BrinkRunFailed"));
        assertThat(hook.told().getLast().run()).isEqualTo("a");
        assertThat(Dashboard.text(hook.told().getLast().annotations(), "description"))
            .startsWith("night run: ");
        assertThat(Dashboard.text(hook.told().getLast().annotations(), "runbook_url"))
            .isEqualTo("docs/runbooks/BrinkRunFailed.md");
      }
    }
  }

  @Test
  void catapult_ofARunThatDiverged_isNotTold() throws IOException {
    Path prometheusProgram = Programs.require("prometheus", CHECK);
    Path alertmanagerProgram = Programs.require("prometheus-alertmanager", CHECK);
    try (WebHook hook = new WebHook();
        ChangingMetrics metrics = new ChangingMetrics();
        AlertmanagerHarness alertmanager =
            AlertmanagerHarness.start(alertmanagerProgram, hook, FreePort.find(), folder)) {
      metrics.set(
          INFO,
          "brink_regime_changed_timestamp_seconds{run=\"a\",to=\"CATAPULT\"} " + now(),
          "brink_regime_changed_timestamp_seconds{run=\"a\",to=\"DIVERGED\"} " + now(),
          "brink_regime_changed_timestamp_seconds{run=\"b\",to=\"CATAPULT\"} " + now());
      try (PrometheusHarness _ =
          PrometheusHarness.start(
              prometheusProgram, metrics.uri(), alertmanager.uri(), folder.resolve("prometheus"))) {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    hook.wasTold("firing", "BrinkDiverged")
                        && hook.wasTold("firing", "BrinkCatapult"));
        assertThat(hook.told())
            .filteredOn(told -> told.name().equals("BrinkCatapult"))
            .extracting(WebHook.Told::run)
            .containsOnly("b");
      }
    }
  }

  @Test
  void silence_whileNoMonitorAnswers_isToldOnlyAfterwards() throws IOException {
    Path program = Programs.require("prometheus-alertmanager", CHECK);
    Map<String, String> down = Map.of("alertname", "BrinkMonitorDown", "severity", "critical");
    Map<String, String> silent =
        Map.of("alertname", "BrinkStalled", "severity", "warning", "run", "a");
    try (WebHook hook = new WebHook();
        AlertmanagerHarness alertmanager =
            AlertmanagerHarness.start(program, hook, FreePort.find(), folder)) {
      alertmanager.say(true, down);
      await().atMost(PATIENCE).until(() -> hook.wasTold("firing", "BrinkMonitorDown"));
      alertmanager.say(true, silent);
      // Told after the silence, so that its group was looked at.
      alertmanager.say(
          true, Map.of("alertname", "BrinkCatapult", "severity", "warning", "run", "a"));
      await().atMost(PATIENCE).until(() -> hook.wasTold("firing", "BrinkCatapult"));
      assertThat(hook.wasTold("firing", "BrinkStalled")).isFalse();

      alertmanager.say(false, down);

      await().atMost(PATIENCE).until(() -> hook.wasTold("firing", "BrinkStalled"));
    }
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}
