package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RejectionReason;
import brink.v1.StepObserved;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StalledTest {
  private static final Duration ENOUGH = TopologyHarness.STALLED_AFTER.plusSeconds(6);

  private final SyntheticRun run = new SyntheticRun("run-a");
  private final List<StepObserved> steps = run.steps(4);
  private final TopologyHarness topology;

  StalledTest(@TempDir Path folder) {
    topology = new TopologyHarness(folder);
    topology.start(run);
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void silence_ofARunningRun_isReportedOnce() {
    topology.step(steps.get(0));
    topology.silence(ENOUGH);
    topology.silence(ENOUGH);

    assertThat(topology.regimes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.getFrom()).isEqualTo(Regime.REGIME_STARTING);
              assertThat(change.getTo()).isEqualTo(Regime.REGIME_STALLED);
              assertThat(change.getEvidence().getSentence()).contains("no event for 60");
            });
  }

  @Test
  void silence_shorterThanPatience_isNotReported() {
    topology.step(steps.get(0));
    for (int i = 1; i < 4; i++) {
      topology.silence(TopologyHarness.STALLED_AFTER.minusSeconds(1));
      topology.step(steps.get(i));
    }

    assertThat(topology.regimes()).isEmpty();
  }

  @Test
  void event_afterSilence_bringsTheRegimeBackFirst() {
    topology.step(steps.get(0));
    topology.silence(ENOUGH);
    topology.regimes();
    topology.step(steps.get(1));
    topology.step(steps.get(2));

    assertThat(topology.regimes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.getFrom()).isEqualTo(Regime.REGIME_STALLED);
              assertThat(change.getTo()).isEqualTo(Regime.REGIME_STARTING);
            });
  }

  @Test
  void end_ofASilentRun_comesAfterItsRegimeIsBack() {
    topology.step(steps.get(0));
    topology.silence(ENOUGH);
    topology.run("run-a", run.end(0), SyntheticRun.time(9));

    assertThat(topology.regimes())
        .extracting(RegimeChanged::getTo)
        .containsExactly(Regime.REGIME_STALLED, Regime.REGIME_STARTING, Regime.REGIME_ENDED);
  }

  @Test
  void silence_withStepsThatWait_foldsThemFirst() {
    List<StepObserved> edge = run.steps(340);
    topology.steps(edge.subList(0, 329));
    // what is enough for the edge's evidence waits behind a gap
    topology.steps(edge.subList(330, 334));
    topology.regimes();
    topology.silence(ENOUGH);

    assertThat(topology.rejected())
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_GAP);
              assertThat(gap.getOffset()).isEqualTo(-1);
              assertThat(gap.getDetail()).contains("329");
            });
    assertThat(topology.regimes())
        .singleElement()
        .satisfies(
            stalled -> {
              assertThat(stalled.getTo()).isEqualTo(Regime.REGIME_STALLED);
              assertThat(stalled.getDetectedAtStep()).isEqualTo(333);
            });
    topology.step(edge.get(334));
    assertThat(topology.rejected()).isEmpty();
  }

  @Test
  void silence_afterAnEndWhoseLastStepsNeverCame_endsTheRun() {
    topology.step(steps.get(0));
    topology.step(steps.get(2));
    topology.run("run-a", run.end(3), SyntheticRun.time(9));
    assertThat(topology.regimes()).isEmpty();
    topology.silence(ENOUGH);
    topology.silence(ENOUGH);

    assertThat(topology.regimes())
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.getTo()).isEqualTo(Regime.REGIME_ENDED);
              assertThat(ended.getEvidence().getSentence())
                  .contains("last step 3; later steps than 2 never came");
            });
    assertThat(topology.rejectionReasons()).containsExactly(RejectionReason.REJECTION_REASON_GAP);
  }

  @Test
  void silence_afterTheEnd_isNotReported() {
    topology.step(steps.get(0));
    topology.run("run-a", run.end(0), SyntheticRun.time(9));
    topology.regimes();
    topology.step(steps.get(1));
    topology.silence(ENOUGH);

    assertThat(topology.regimes()).isEmpty();
  }
}
