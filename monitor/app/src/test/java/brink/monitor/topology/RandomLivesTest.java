package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.replay.Verification;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that the dice make up: lives that are resumed, from earlier steps too, with steps missing,
 * twice, in the wrong order, unusable or not finite, and a last end that says anything or is not
 * there. In whichever order the two topics are read, the verdicts are the same but for ends that
 * were taken back, and so are fits and rejections.
 */
class RandomLivesTest {
  private static final int STEPS = 120;
  private static final int MERGES = 3;
  private static final String ID = "made-up";
  private static final Duration AFTER = Duration.ofSeconds(60);

  private final SyntheticRun run = new SyntheticRun(ID);
  private final List<StepObserved> all = run.steps(STEPS);
  private final List<RunEvent> lives = new ArrayList<>();
  private final List<StepObserved> steps = new ArrayList<>();

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void verdicts_ofAnyMerge_areThoseOfTheTopicsInOrder(int seed) {
    makeUp(new Random(seed));
    TaskHarness expected = inOrder();

    for (int merge = 0; merge < MERGES; merge++) {
      TaskHarness merged = merged(new Random(MERGES * seed + merge));
      List<RegimeChanged> changes = merged.regimes();
      assertThat(Verification.compare(changes, expected.regimes(), 0))
          .isInstanceOf(Verification.Same.class);
      assertThat(regimeOf(changes)).isEqualTo(regimeOf(expected.regimes()));
      assertThat(merged.fits()).isEqualTo(expected.fits());
      assertThat(findings(merged)).isEqualTo(findings(expected));
    }
  }

  private static String regimeOf(List<RegimeChanged> changes) {
    return changes.isEmpty() ? "" : changes.getLast().getTo().name();
  }

  private static List<String> findings(TaskHarness task) {
    return task.rejected().stream().map(Rejected::getDetail).sorted().toList();
  }

  private void makeUp(Random dice) {
    lives.add(run.start());
    int count = 1 + dice.nextInt(3);
    int from = 0;
    for (int life = 0; life < count; life++) {
      boolean last = life == count - 1;
      int to = Math.min(STEPS, from + 1 + dice.nextInt(last ? STEPS : STEPS / 3));
      for (int t = from; t < to; t++) {
        take(all.get(t).toBuilder(), life, dice);
      }
      end(to, last ? dice.nextInt(6) : 0, dice);
      if (!last) {
        from = dice.nextInt(4) == 0 ? Math.max(0, to - dice.nextInt(8)) : to;
        RunStarted.Builder resumed = run.started().toBuilder();
        resumed.getResumedFromBuilder().setRunId(ID).setStep(from);
        lives.add(RunEvent.newBuilder().setStarted(resumed).build());
      }
    }
  }

  private void take(StepObserved.Builder step, int life, Random dice) {
    if (life > 0) {
      step.setResumption(life);
    }
    switch (dice.nextInt(100)) {
      case 0 -> {} // lost
      case 1 -> steps.add(step.clearLearningRate().build());
      case 2 -> steps.add(step.setLoss(Double.NaN).build());
      case 3 -> steps.addAll(List.of(step.build(), step.build()));
      case 4 -> {
        steps.add(step.build());
        Collections.swap(steps, steps.size() - 1, Math.max(0, steps.size() - 2));
      }
      default -> steps.add(step.build());
    }
  }

  private void end(int to, int kind, Random dice) {
    RunEnded.Builder end =
        RunEnded.newBuilder().setRunId(ID).setStatus(RunStatus.forNumber(1 + dice.nextInt(4)));
    switch (kind) {
      case 0 -> end.setLastStep(to - 1L);
      case 1 -> end.setLastStep(Math.max(0, to - 1 - dice.nextInt(10)));
      case 2 -> end.setLastStep(to + dice.nextInt(5));
      case 3 -> end.setLastStep(-3);
      case 4 -> {} // it does not say
      default -> {
        return; // nor that it ended
      }
    }
    lives.add(RunEvent.newBuilder().setEnded(end).build());
  }

  private TaskHarness inOrder() {
    TaskHarness task = new TaskHarness(AFTER, ClusterView.ALL_READ);
    for (int i = 0; i < lives.size(); i++) {
      takeLife(task, i);
    }
    for (int i = 0; i < steps.size(); i++) {
      takeStep(task, i);
    }
    task.pass(AFTER.plusSeconds(5));
    return task;
  }

  private TaskHarness merged(Random dice) {
    TaskHarness task = new TaskHarness(AFTER, ClusterView.ALL_READ);
    int life = 0;
    int step = 0;
    double share = dice.nextDouble() / 4;
    while (life < lives.size() || step < steps.size()) {
      boolean isLife = life < lives.size() && (step == steps.size() || dice.nextDouble() < share);
      if (isLife) {
        takeLife(task, life++);
      } else {
        takeStep(task, step++);
      }
    }
    task.pass(AFTER.plusSeconds(5));
    return task;
  }

  private void takeLife(TaskHarness task, int i) {
    task.take(Topic.RUNS, i, ID, lives.get(i).toByteArray(), SyntheticRun.T0);
  }

  private void takeStep(TaskHarness task, int i) {
    task.take(Topic.STEPS, i, ID, steps.get(i).toByteArray(), SyntheticRun.T0);
  }
}
