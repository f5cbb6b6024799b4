package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.StepObserved;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a task does about the runs whose state it finds when it opens. */
class RestartTest {
  private static final Duration AFTER = Duration.ofSeconds(60);
  private static final Duration A_LITTLE = Duration.ofSeconds(3);

  private final RunFold fold = new RunFold();
  private final SyntheticRun run = new SyntheticRun("run-a");

  @Test
  void open_withARunningRun_reportsItAfterItsOwnPatience() {
    TaskHarness task = open(found -> found.put(started("run-a")));
    task.pass(AFTER.minusSeconds(1));
    assertThat(task.regimes()).isEmpty();
    task.pass(A_LITTLE);

    assertThat(task.regimes()).hasSize(1);
  }

  @Test
  void open_withAnEndedRun_neverReportsIt() {
    RunState state = fold.step(started("run-a"), run.steps(1).getFirst()).state();
    RunState ended = fold.end(state, run.end(0).getEnded()).state();
    TaskHarness task = open(found -> found.put(ended));
    task.pass(AFTER.multipliedBy(3));

    assertThat(task.regimes()).isEmpty();
  }

  @Test
  void open_withARunKnownToBeSilent_doesNotReportItAgain() {
    TaskHarness task =
        open(
            found -> {
              found.put(started("run-a"));
              found.put(MonitorTopology.SILENT, "run-a", new byte[1]);
            });
    task.pass(AFTER.multipliedBy(3));

    assertThat(task.regimes()).isEmpty();
  }

  @Test
  void open_withAStateThatCannotBeRead_watchesTheOthersAndRefusesItsSteps() {
    TaskHarness task =
        open(
            found -> {
              found.put(MonitorTopology.STATE, "broken", new byte[] {99});
              found.put(started("run-a"));
            });
    StepObserved step = new SyntheticRun("broken").steps(1).getFirst();
    task.take(Topic.STEPS, 0, "broken", step.toByteArray(), SyntheticRun.T0);
    task.pass(AFTER.plus(A_LITTLE));

    assertThat(task.regimes()).extracting(RegimeChanged::getRunId).containsExactly("run-a");
    assertThat(task.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.getReason())
                  .isEqualTo(RejectionReason.REJECTION_REASON_MONITOR_FAILED);
              assertThat(rejected.getDetail()).contains("the monitor failed");
              assertThat(rejected.getRunId()).isEqualTo("broken");
            });
  }

  @Test
  void state_takenOverInTheMiddle_givesTheSameVerdicts() {
    List<StepObserved> steps = run.steps(600);
    TaskHarness task = open(found -> found.put(started("run-a")));
    TaskHarness undisturbed = open(found -> found.put(started("run-a")));
    for (StepObserved step : steps) {
      take(task, step);
      take(undisturbed, step);
      if (step.getStep() % 100 == 99) {
        task.commit();
        task.kill();
      }
    }

    assertThat(task.regimes()).isNotEmpty().isEqualTo(undisturbed.regimes());
    assertThat(task.fits()).isEqualTo(undisturbed.fits());
  }

  @Test
  void steps_thatWait_outliveARestart() {
    TaskHarness task = open(_ -> {});
    run.steps(5).forEach(step -> take(task, step));
    task.commit();
    task.kill();
    task.pass(HeldSteps.PATIENCE.multipliedBy(3));

    assertThat(task.rejected()).extracting(Rejected::getStep).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  private static void take(TaskHarness task, StepObserved step) {
    task.take(Topic.STEPS, step.getStep(), step.getRunId(), step.toByteArray(), SyntheticRun.T0);
  }

  private static TaskHarness open(Consumer<TaskHarness.Found> found) {
    return new TaskHarness(AFTER, ClusterView.ALL_READ, found);
  }

  private RunState started(String runId) {
    return fold.start(new SyntheticRun(runId).started());
  }
}
