package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import brink.monitor.run.Outcome;
import brink.monitor.run.SyntheticRun;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on from a checkpoint under its own id. */
class ResumedRunTest {
  private static final int STEPS = 600;
  private static final int STOP = 400;

  private final SyntheticRun run = new SyntheticRun("run-a");
  private final List<StepObserved> steps = run.steps(STEPS);
  private final List<String> resumed = new ArrayList<>();
  private final TopologyHarness topology;
  private final TopologyHarness uninterrupted;

  ResumedRunTest(@TempDir Path folder) {
    RunObserver observer =
        new RunObserver() {
          @Override
          public void onResumed(RunStarted started, Outcome outcome) {
            resumed.add(started.getRunId() + " " + outcome.state().regime());
          }
        };
    topology = new TopologyHarness(folder.resolve("a"), observer);
    uninterrupted = new TopologyHarness(folder.resolve("b"));
  }

  @AfterEach
  void close() {
    topology.close();
    uninterrupted.close();
  }

  private void firstLife() {
    topology.start(run);
    topology.steps(steps.subList(0, STOP));
  }

  private void end(long lastStep, RunStatus status) {
    RunEnded ended =
        RunEnded.newBuilder().setRunId(run.runId()).setLastStep(lastStep).setStatus(status).build();
    topology.run(
        run.runId(),
        RunEvent.newBuilder().setEnded(ended).build(),
        SyntheticRun.time(lastStep) + 1);
  }

  private void resume(String from) {
    RunStarted.Builder started = run.started().toBuilder();
    started.getResumedFromBuilder().setRunId(from).setStep(STOP);
    topology.run(
        run.runId(),
        RunEvent.newBuilder().setStarted(started).build(),
        SyntheticRun.time(STOP) + 3);
  }

  private List<RegimeChanged> wholeRun() {
    uninterrupted.start(run);
    uninterrupted.steps(steps);
    return uninterrupted.regimes();
  }

  private static boolean isOfTheEnd(RegimeChanged change) {
    return change.getFrom() == Regime.REGIME_ENDED || change.getTo() == Regime.REGIME_ENDED;
  }

  @Test
  void resumed_afterStopOrFailure_continuesTheRunsState() {
    firstLife();
    end(STOP - 1, RunStatus.RUN_STATUS_STOPPED);
    resume("run-a");
    topology.steps(steps.subList(STOP, STEPS));
    end(STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);

    List<RegimeChanged> changes = topology.regimes();
    assertThat(changes).filteredOn(change -> !isOfTheEnd(change)).isEqualTo(wholeRun());
    assertThat(changes)
        .filteredOn(ResumedRunTest::isOfTheEnd)
        .extracting(RegimeChanged::getFrom, RegimeChanged::getTo)
        .containsExactly(
            tuple(Regime.REGIME_EDGE, Regime.REGIME_ENDED),
            tuple(Regime.REGIME_ENDED, Regime.REGIME_EDGE),
            tuple(Regime.REGIME_EDGE, Regime.REGIME_ENDED));
    assertThat(topology.rejected()).isEmpty();
    assertThat(resumed).containsExactly("run-a REGIME_EDGE");
  }

  @Test
  void resumed_afterAKill_goesOnWithoutAWord() {
    firstLife();
    resume("run-a");
    topology.steps(steps.subList(STOP, STEPS));

    assertThat(topology.regimes()).isEqualTo(wholeRun());
    assertThat(topology.rejected()).isEmpty();
  }

  @Test
  void resumed_whileStalled_isHeardAgain() {
    firstLife();
    topology.silence(TopologyHarness.STALLED_AFTER.plus(Duration.ofSeconds(10)));
    resume("run-a");

    List<RegimeChanged> changes = topology.regimes();
    assertThat(changes.getLast().getFrom()).isEqualTo(Regime.REGIME_STALLED);
    assertThat(changes.getLast().getTo()).isEqualTo(Regime.REGIME_EDGE);
  }

  @Test
  void resumed_afterItsEnd_isWatchedForSilenceAgain() {
    firstLife();
    end(STOP - 1, RunStatus.RUN_STATUS_FAILED);
    resume("run-a");
    topology.silence(TopologyHarness.STALLED_AFTER.plus(Duration.ofSeconds(10)));

    assertThat(topology.regimes().getLast().getTo()).isEqualTo(Regime.REGIME_STALLED);
  }

  @Test
  void started_twiceOrFromAnotherRun_isRejected() {
    firstLife();
    topology.start(run);
    resume("run-b");

    assertThat(topology.rejectionReasons())
        .containsExactly(
            RejectionReason.REJECTION_REASON_DUPLICATE, RejectionReason.REJECTION_REASON_DUPLICATE);
    assertThat(resumed).isEmpty();
  }

  @Test
  void forked_offAnotherRun_isJudgedFromItsFirstStepWithoutAComplaint() {
    resume("run-b");
    topology.steps(steps.subList(STOP, STEPS));
    end(STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);

    List<RegimeChanged> changes = topology.regimes();
    assertThat(changes)
        .extracting(RegimeChanged::getTo)
        .containsExactly(Regime.REGIME_EDGE, Regime.REGIME_ENDED);
    assertThat(changes.getFirst().getDetectedAtStep()).isGreaterThanOrEqualTo(STOP);
    assertThat(topology.rejected()).isEmpty();
    assertThat(resumed).isEmpty();
  }

  @Test
  void resumed_stepThatWasPublished_isADuplicate() {
    firstLife();
    end(STOP - 1, RunStatus.RUN_STATUS_STOPPED);
    resume("run-a");
    topology.step(steps.get(STOP - 1));

    assertThat(topology.rejectionReasons())
        .containsExactly(RejectionReason.REJECTION_REASON_DUPLICATE);
  }
}
