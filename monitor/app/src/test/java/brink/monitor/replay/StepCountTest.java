package brink.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.SyntheticRun;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepCountTest {
  private final SyntheticRun run = new SyntheticRun("run-a");
  private final List<StepObserved> steps = run.steps(100);
  private final StepCount count = new StepCount();

  @Test
  void missing_ofAWholeRun_isNothing() {
    count.heard(run.start());
    steps.forEach(count::found);
    steps.forEach(count::found); // read twice
    count.heard(run.end(99));

    assertThat(count.sentence()).isEmpty();
  }

  @Test
  void missing_whereTheBeginningIsGone_isCountedUpToTheEndThatIsKnown() {
    steps.subList(60, 90).forEach(count::found);
    count.heard(run.end(99));

    assertThat(count.missing()).isEqualTo(70);
    assertThat(count.sentence())
        .hasValueSatisfying(text -> assertThat(text).startsWith("70 of the steps 0 to 99 are not"));
  }

  @Test
  void missing_ofARunWithAnotherEnd_goesByTheFirst() {
    steps.forEach(count::found);
    count.heard(run.end(99));
    count.heard(run.end(1_000_000));

    assertThat(count.sentence()).isEmpty();
  }

  @Test
  void missing_ofStepsThatNoRunCanHave_isNotCounted() {
    count.heard(run.end(1L << 60));
    count.found(Long.MAX_VALUE - 1);
    steps.forEach(count::found);

    assertThat(count.sentence()).isEmpty();
  }

  @Test
  void missing_ofARunThatBeganAtAnothersCheckpoint_countsFromThere() {
    RunStarted.Builder started = run.started().toBuilder();
    started.getResumedFromBuilder().setRunId("run-b").setStep(40);
    count.heard(RunEvent.newBuilder().setStarted(started).build());
    steps.subList(40, 99).forEach(count::found);
    count.heard(run.end(99));

    assertThat(count.missing()).isEqualTo(1);
  }
}
