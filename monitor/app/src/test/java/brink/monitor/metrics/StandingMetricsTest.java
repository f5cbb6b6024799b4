package brink.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.run.SyntheticRun;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which runs are shown, for how long, and what stands of those that are over. */
final class StandingMetricsTest extends MetricsScenario {
  @Test
  void info_ofARun_carriesItsDescription() {
    metrics.onStarted(run.started());

    assertThat(lines("brink_run_info{"))
        .singleElement()
        .asString()
        .contains("run=\"run-a\"", "problem=\"synthetic\"", "name=\"name of run-a\"")
        .endsWith("} 1");
  }

  @Test
  void info_ofARunFromBeforeARestart_comesFromTheCatalogueWhenItIsThere() {
    step(run.steps(1).getFirst());
    assertThat(lines("brink_run_info{")).isEmpty();
    catalogue.put("run-a", entry(null, List.of()));
    step(run.steps(2).getLast());

    assertThat(lines("brink_run_info{")).hasSize(1);
  }

  @Test
  void statusAndOutcome_ofARun_areThoseOfTheCatalogue() {
    step(run.steps(1).getFirst());
    RegimeChanged edge =
        RegimeChanged.newBuilder()
            .setFrom(Regime.REGIME_STABLE)
            .setTo(Regime.REGIME_EDGE)
            .setDetectedAtStep(340)
            .setOnsetStep(338)
            .build();
    catalogue.put("run-a", entry(null, List.of(edge)));
    metrics.refresh();

    assertThat(lines("brink_run_status{"))
        .hasSize(6)
        .contains(
            "brink_run_status{run=\"run-a\",status=\"RUNNING\"} 1.0",
            "brink_run_status{run=\"run-a\",status=\"FAILED\"} 0.0");
    assertThat(lines("brink_run_outcome{"))
        .containsExactly(
            "brink_run_outcome{flow=\"NOT_TESTED\",furthest=\"EDGE\",known=\"true\",run=\"run-a\"}"
                + " 1.0");
    assertThat(lines("brink_edge_step{")).containsExactly("brink_edge_step{run=\"run-a\"} 338.0");

    RunEnded failed =
        RunEnded.newBuilder().setRunId("run-a").setStatus(RunStatus.RUN_STATUS_FAILED).build();
    catalogue.put("run-a", entry(failed, List.of(edge)));
    metrics.refresh();

    assertThat(lines("brink_run_status{"))
        .contains(
            "brink_run_status{run=\"run-a\",status=\"RUNNING\"} 0.0",
            "brink_run_status{run=\"run-a\",status=\"FAILED\"} 1.0");
    metrics.onReleased("run-a");
    assertThat(lines("brink_run_status{")).isEmpty();
    assertThat(lines("brink_run_outcome{")).isEmpty();
    assertThat(lines("brink_edge_step{")).isEmpty();
  }

  private RunEntry entry(@Nullable RunEnded ended, List<RegimeChanged> changes) {
    return entry(ended, changes, Instant.EPOCH);
  }

  private RunEntry entry(@Nullable RunEnded ended, List<RegimeChanged> changes, Instant at) {
    RunOutcome outcome = RunOutcome.of(run.started(), changes, List.of());
    return new RunEntry("run-a", run.started(), ended, changes, null, outcome, null, at);
  }

  @Test
  void standing_ofARunThatFailedBeforeARestart_staysForADay() {
    RunEnded failed =
        RunEnded.newBuilder().setRunId("run-a").setStatus(RunStatus.RUN_STATUS_FAILED).build();
    catalogue.put("run-a", entry(failed, List.of(), now));
    changedAt.put(Regime.REGIME_ENDED, now);
    now = now.plus(STANDING);

    assertThat(lines("brink_run_info{")).singleElement().asString().contains("name of run-a");
    assertThat(lines("brink_run_status{"))
        .contains("brink_run_status{run=\"run-a\",status=\"FAILED\"} 1.0");
    now = now.plusMillis(1);
    assertThat(scrape()).doesNotContain("run-a");
  }

  @Test
  void standing_ofASilentRun_outlivesItsMetersUntilSomebodyEndsIt() {
    metrics.onStarted(run.started());
    RegimeChanged stalled = change(Regime.REGIME_STARTING, Regime.REGIME_STALLED);
    metrics.onRegimeChanged(stalled);
    catalogue.put("run-a", entry(null, List.of(stalled), now));
    now = now.plus(SILENCE).plus(SILENCE);

    assertThat(lines("brink_regime{")).isEmpty();
    assertThat(lines("brink_run_status{run=\"run-a\",status=\"SILENT\"} 1.0")).hasSize(1);
    RunEnded failed =
        RunEnded.newBuilder().setRunId("run-a").setStatus(RunStatus.RUN_STATUS_FAILED).build();
    catalogue.put("run-a", entry(failed, List.of(stalled), now));
    assertThat(lines("brink_run_status{run=\"run-a\",status=\"SILENT\"} 0.0")).hasSize(1);
    assertThat(lines("brink_run_status{run=\"run-a\",status=\"FAILED\"} 1.0")).hasSize(1);
  }

  @Test
  void changed_ofARegime_isTheTimeOfTheCatalogue() {
    step(run.steps(1).getFirst());
    catalogue.put("run-a", entry(null, List.of()));
    changedAt.put(Regime.REGIME_EDGE, Instant.ofEpochMilli(1_234_500));
    now = now.plus(GRACE);

    assertThat(lines("brink_regime_changed_timestamp_seconds{"))
        .containsExactly(
            "brink_regime_changed_timestamp_seconds{run=\"run-a\",to=\"EDGE\"} 1234.5");
  }

  @Test
  void meters_ofAnEndedRun_goAfterTheGrace() {
    metrics.onStarted(run.started());
    step(run.steps(1).getFirst());
    end();
    now = now.plus(GRACE).minusMillis(1);
    assertThat(lines("brink_step{")).hasSize(1);
    now = now.plusMillis(1);

    assertThat(lines("run=\"run-a\"")).isEmpty();
    assertThat(scrape()).doesNotContain("run-a");
  }

  @Test
  void meters_ofARunThatIsResumed_stay() {
    metrics.onStarted(run.started());
    step(run.steps(1).getFirst());
    end();
    RunStarted.Builder again = run.started().toBuilder();
    again.getResumedFromBuilder().setRunId("run-a").setStep(1);
    metrics.onResumed(again.build(), fold.resume(state, again.build()));
    now = now.plus(GRACE).plus(GRACE);

    assertThat(lines("brink_regime{regime=\"STARTING\",run=\"run-a\"} 1.0")).hasSize(1);
    assertThat(lines("brink_run_info{")).hasSize(1);
  }

  @Test
  void meters_ofASilentRun_stayForTheAlertAndThenGo() {
    metrics.onStarted(run.started());
    step(run.steps(1).getFirst());
    metrics.onRegimeChanged(change(Regime.REGIME_STARTING, Regime.REGIME_STALLED));
    now = now.plus(SILENCE).minusMillis(1);
    assertThat(lines("brink_regime{regime=\"STALLED\",run=\"run-a\"} 1.0")).hasSize(1);
    now = now.plusMillis(1);

    assertThat(scrape()).doesNotContain("run-a");
  }

  @Test
  void meters_ofARunThatIsHeardAgain_stay() {
    metrics.onStarted(run.started());
    metrics.onRegimeChanged(change(Regime.REGIME_STARTING, Regime.REGIME_STALLED));
    metrics.onRegimeChanged(change(Regime.REGIME_STALLED, Regime.REGIME_STARTING));
    now = now.plus(SILENCE).plus(SILENCE);

    assertThat(lines("brink_regime{regime=\"STARTING\",run=\"run-a\"} 1.0")).hasSize(1);
  }

  @Test
  void meters_ofAReleasedRun_goAtOnceAndOthersStay() {
    metrics.onStarted(run.started());
    metrics.onStarted(new SyntheticRun("run-b").started());
    metrics.onReleased("run-a");

    assertThat(scrape()).doesNotContain("run-a").contains("run-b");
  }

  @Test
  void rejected_counted_byReason() {
    metrics.onRejected(
        Rejected.newBuilder().setReason(RejectionReason.REJECTION_REASON_GAP).build());

    assertThat(lines("brink_rejected_total{reason=\"GAP\"}"))
        .containsExactly("brink_rejected_total{reason=\"GAP\"} 1.0");
  }

  @Test
  void rejected_ofARun_namesItForAnHour() {
    metrics.onRejected(
        Rejected.newBuilder()
            .setReason(RejectionReason.REJECTION_REASON_GAP)
            .setRunId("run-a")
            .build());

    assertThat(lines("brink_rejected_timestamp_seconds{"))
        .singleElement()
        .asString()
        .startsWith("brink_rejected_timestamp_seconds{reason=\"GAP\",run=\"run-a\"} ");
    now = now.plus(Duration.ofHours(1)).plusMillis(1);
    assertThat(lines("brink_rejected_timestamp_seconds{")).isEmpty();
  }
}
