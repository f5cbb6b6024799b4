package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import brink.monitor.run.SyntheticRun;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
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
  void silence_withStepsThatWait_leavesThemWaiting() {
    topology.step(steps.get(0));
    topology.step(steps.get(2));
    topology.silence(ENOUGH);
    topology.regimes();
    topology.step(steps.get(1));
    topology.step(steps.get(3));

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
              assertThat(WallClockVerdicts.isOne(ended)).isTrue();
              assertThat(ended.getEvidence().getSentence())
                  .contains("last step 3; step 1 never came; steps after 2 never came");
            });
    assertThat(topology.rejected()).isEmpty();
  }

  @Test
  void steps_afterAnEndThatSilenceBrought_areJudgedAsIfThereHadBeenNone() {
    List<StepObserved> all = run.steps(600);
    topology.run("run-a", run.end(599), SyntheticRun.time(9));
    topology.steps(all.subList(0, 340));
    topology.silence(ENOUGH);
    topology.steps(all.subList(340, 600));

    List<RegimeChanged> changes = topology.regimes();
    assertThat(changes)
        .filteredOn(WallClockVerdicts::isOne)
        .extracting(RegimeChanged::getFrom, RegimeChanged::getTo)
        .containsExactly(
            tuple(Regime.REGIME_EDGE, Regime.REGIME_ENDED),
            tuple(Regime.REGIME_ENDED, Regime.REGIME_EDGE));
    assertThat(changes)
        .filteredOn(change -> !WallClockVerdicts.isOne(change))
        .extracting(RegimeChanged::getTo)
        .containsExactly(Regime.REGIME_STABLE, Regime.REGIME_EDGE, Regime.REGIME_ENDED);
  }

  @Test
  void monitor_thatWasSuspended_callsNobodySilent() {
    topology.step(steps.get(0));
    topology.suspend(ENOUGH.multipliedBy(2));
    topology.suspend(ENOUGH.multipliedBy(2));

    assertThat(topology.regimes()).isEmpty();
  }

  @Test
  void silence_afterTheEnd_isNotReported() {
    topology.step(steps.get(0));
    topology.run("run-a", run.end(0), SyntheticRun.time(9));
    topology.regimes();
    topology.silence(ENOUGH);

    assertThat(topology.regimes()).isEmpty();
  }
}
