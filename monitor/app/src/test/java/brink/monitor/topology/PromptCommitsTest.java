package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.StepObserved;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a task asks for a commit before the commit interval is over. */
class PromptCommitsTest {
  private static final int MANY_RUNS = 200;

  private final TaskHarness task = new TaskHarness(Duration.ofSeconds(60), ClusterView.ALL_READ);

  @Test
  void steps_withoutAVerdict_waitForTheCommitInterval() {
    start("run-a");
    task.commit();
    take(new SyntheticRun("run-a").steps(3).getLast());
    task.jump(PromptCommits.TICK);

    assertThat(task.asksForCommit()).isFalse();
  }

  @Test
  void aVerdict_isCommittedAtTheNextTick() {
    run("run-a");
    task.jump(PromptCommits.TICK);

    assertThat(task.asksForCommit()).isTrue();
  }

  @Test
  void aRejection_isCommittedAtTheNextTick() {
    task.take(Topic.STEPS, 0, "run-a", new byte[] {-1}, SyntheticRun.T0);
    task.jump(PromptCommits.TICK);

    assertThat(task.asksForCommit()).isTrue();
  }

  @Test
  void aVerdict_amongManyRuns_waitsLonger() {
    for (int i = 0; i < MANY_RUNS; i++) {
      run("run-" + i);
    }
    task.jump(PromptCommits.TICK);
    assertThat(task.asksForCommit()).isFalse();

    for (int tick = 0; tick < MANY_RUNS / PromptCommits.STATES_A_TICK; tick++) {
      task.jump(PromptCommits.TICK);
    }
    assertThat(task.asksForCommit()).isTrue();
  }

  @Test
  void aVerdict_thatACommitToldMeanwhile_asksForNoOther() {
    run("run-a");
    task.commit();
    task.jump(PromptCommits.TICK);

    assertThat(task.asksForCommit()).isFalse();
  }

  /** A whole run, whose end is a verdict. */
  private void run(String id) {
    SyntheticRun run = start(id);
    task.take(Topic.RUNS, 1, id, run.end(1).toByteArray(), SyntheticRun.T0);
  }

  private SyntheticRun start(String id) {
    SyntheticRun run = new SyntheticRun(id);
    task.take(Topic.RUNS, 0, id, run.start().toByteArray(), SyntheticRun.T0);
    run.steps(2).forEach(this::take);
    return run;
  }

  private void take(StepObserved step) {
    task.take(Topic.STEPS, step.getStep(), step.getRunId(), step.toByteArray(), SyntheticRun.T0);
  }
}
