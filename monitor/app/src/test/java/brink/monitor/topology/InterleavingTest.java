package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.replay.Verification;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The verdicts of a run are a function of the order of its records within {@code brink.runs} and
 * within {@code brink.steps}: random merges of the two topics, with any timestamps, other runs'
 * records between them and a monitor that is killed again and again, give the same bytes.
 */
class InterleavingTest {
  private static final int STEPS = 400;
  private static final Duration AFTER = Duration.ofSeconds(60);
  private static final List<String> BELIED =
      List.of("unsaid", "short", "short-diverged", "wild", "exploded", "negative");

  /** A record without its timestamp. */
  private record Sent(Topic topic, String runId, MessageLite message) {
    byte[] value() {
      return message.toByteArray();
    }
  }

  /** What the two topics of one partition hold. */
  private record Log(List<Sent> runs, List<Sent> steps) {
    Log() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void start(SyntheticRun run) {
      runs.add(new Sent(Topic.RUNS, run.runId(), run.start()));
    }

    void resume(SyntheticRun run, long step) {
      RunStarted.Builder started = run.started().toBuilder();
      started.getResumedFromBuilder().setRunId(run.runId()).setStep(step);
      runs.add(
          new Sent(Topic.RUNS, run.runId(), RunEvent.newBuilder().setStarted(started).build()));
    }

    void end(SyntheticRun run, long lastStep, RunStatus status) {
      RunEnded ended =
          RunEnded.newBuilder()
              .setRunId(run.runId())
              .setLastStep(lastStep)
              .setStatus(status)
              .build();
      runs.add(new Sent(Topic.RUNS, run.runId(), RunEvent.newBuilder().setEnded(ended).build()));
    }

    void endWithoutStep(SyntheticRun run) {
      RunEnded ended =
          RunEnded.newBuilder()
              .setRunId(run.runId())
              .setStatus(RunStatus.RUN_STATUS_COMPLETED)
              .build();
      runs.add(new Sent(Topic.RUNS, run.runId(), RunEvent.newBuilder().setEnded(ended).build()));
    }

    void steps(List<StepObserved> all, int resumption) {
      for (StepObserved step : all) {
        StepObserved sent =
            resumption == 0 ? step : step.toBuilder().setResumption(resumption).build();
        steps.add(new Sent(Topic.STEPS, sent.getRunId(), sent));
      }
    }
  }

  /** Everything that can happen to runs, in one partition. */
  private static Log log() {
    Log log = new Log();
    SyntheticRun whole = new SyntheticRun("whole");
    SyntheticRun resumed = new SyntheticRun("resumed");
    SyntheticRun killed = new SyntheticRun("killed");
    SyntheticRun lossy = new SyntheticRun("lossy");
    log.start(whole);
    log.start(lossy);
    log.start(resumed);
    log.start(killed);
    List<List<StepObserved>> lives = new ArrayList<>();
    lives.add(whole.steps(STEPS));
    lives.add(withFlaws(lossy.steps(STEPS)));
    lives.add(resumed.steps(STEPS).subList(0, 330));
    lives.add(killed.steps(STEPS).subList(0, 350));
    alternate(log, lives, 0);
    log.end(resumed, 329, RunStatus.RUN_STATUS_STOPPED);
    log.resume(resumed, 330);
    log.resume(killed, 350);
    alternate(
        log,
        List.of(resumed.steps(STEPS).subList(330, 360), killed.steps(STEPS).subList(350, STEPS)),
        1);
    log.end(whole, STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
    log.end(resumed, 359, RunStatus.RUN_STATUS_FAILED);
    log.start(whole); // a start twice is refused, whenever it is read
    log.resume(resumed, 360);
    alternate(log, List.of(resumed.steps(STEPS).subList(360, STEPS)), 2);
    log.end(resumed, STEPS - 1, RunStatus.RUN_STATUS_DIVERGED);
    log.end(lossy, STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
    log.end(killed, STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
    return log;
  }

  /** Some missing, some late, some twice, one that cannot be used, one far ahead. */
  private static List<StepObserved> withFlaws(List<StepObserved> steps) {
    List<StepObserved> flawed = new ArrayList<>(steps);
    flawed.set(200, steps.get(200).toBuilder().clearLearningRate().build());
    flawed.set(398, steps.get(399));
    flawed.set(399, steps.get(398)); // the last two in the wrong order
    flawed.add(150, steps.get(20));
    flawed.remove(120);
    flawed.add(104, flawed.remove(100));
    flawed.add(60, steps.get(60).toBuilder().setStep(1_000_000).clearWeightDecay().build());
    return flawed;
  }

  private static void alternate(Log log, List<List<StepObserved>> lives, int resumption) {
    int longest = lives.stream().mapToInt(List::size).max().orElse(0);
    for (int t = 0; t < longest; t++) {
      for (List<StepObserved> life : lives) {
        if (t < life.size()) {
          log.steps(List.of(life.get(t)), resumption);
        }
      }
    }
  }

  /** Takes both topics in an order that the dice choose; each topic in its own order. */
  private static TaskHarness merge(Log log, Random dice, boolean restarts) {
    TaskHarness task = new TaskHarness(AFTER, ClusterView.ALL_READ);
    int runs = 0;
    int steps = 0;
    int committedRuns = 0;
    int committedSteps = 0;
    int kills = restarts ? 6 : 0;
    double lead = dice.nextDouble();
    while (runs < log.runs.size() || steps < log.steps.size()) {
      if (dice.nextInt(200) == 0) {
        lead = dice.nextDouble();
      }
      boolean takesRun =
          runs < log.runs.size() && (steps == log.steps.size() || dice.nextDouble() < lead / 50);
      Sent sent = takesRun ? log.runs.get(runs++) : log.steps.get(steps++);
      long timestamp = dice.nextLong(0, 4_000_000_000_000L);
      task.take(sent.topic, takesRun ? runs : steps, sent.runId, sent.value(), timestamp);
      if (dice.nextInt(50) == 0) {
        task.commit();
        committedRuns = runs;
        committedSteps = steps;
      }
      if (kills > 0 && dice.nextInt(200) == 0) {
        kills--;
        task.kill();
        runs = committedRuns;
        steps = committedSteps;
      }
    }
    return task;
  }

  /** Runs whose ends are not what their steps say. */
  private static Log belied() {
    Log log = new Log();
    List<List<StepObserved>> lives = new ArrayList<>();
    for (String runId : BELIED) {
      SyntheticRun run = new SyntheticRun(runId);
      log.start(run);
      lives.add(run.steps(STEPS));
    }
    List<StepObserved> wild = lives.get(BELIED.indexOf("wild"));
    wild.add(200, wild.get(200).toBuilder().setStep(1_000_000).build());
    List<StepObserved> exploded = lives.get(BELIED.indexOf("exploded"));
    exploded.add(200, exploded.get(200).toBuilder().setStep(1_000_000).setLoss(Double.NaN).build());
    alternate(log, lives, 0);
    log.endWithoutStep(new SyntheticRun("unsaid"));
    log.end(new SyntheticRun("short"), 50, RunStatus.RUN_STATUS_COMPLETED);
    log.end(new SyntheticRun("short-diverged"), 320, RunStatus.RUN_STATUS_DIVERGED);
    log.end(new SyntheticRun("wild"), STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
    log.end(new SyntheticRun("exploded"), STEPS - 1, RunStatus.RUN_STATUS_COMPLETED);
    log.end(new SyntheticRun("negative"), -7, RunStatus.RUN_STATUS_STOPPED);
    return log;
  }

  private static List<String> ofRuns(List<? extends Message> messages) {
    return messages.stream()
        .map(Object::toString)
        .sorted(Comparator.comparing(text -> text.lines().findFirst().orElse("")))
        .toList();
  }

  private static List<RegimeChanged> of(List<RegimeChanged> changes, String runId) {
    return changes.stream().filter(change -> change.getRunId().equals(runId)).toList();
  }

  private static List<String> rejections(TaskHarness task) {
    return task.rejected().stream()
        .map(
            rejected ->
                rejected.getRunId() + " " + rejected.getReason() + " " + rejected.getDetail())
        .sorted()
        .toList();
  }

  private static TaskHarness inOrder(Log log) {
    TaskHarness task = new TaskHarness(AFTER, ClusterView.ALL_READ);
    long offset = 0;
    for (Sent sent : log.runs) {
      task.take(sent.topic, offset++, sent.runId, sent.value(), SyntheticRun.T0);
    }
    for (Sent sent : log.steps) {
      task.take(sent.topic, offset++, sent.runId, sent.value(), SyntheticRun.T0);
    }
    return task;
  }

  @Test
  void runs_readBeforeSteps_passThroughTheirRegimes() {
    TaskHarness task = inOrder(log());

    assertThat(of(task.regimes(), "whole"))
        .extracting(RegimeChanged::getTo)
        .contains(Regime.REGIME_EDGE)
        .endsWith(Regime.REGIME_ENDED);
    assertThat(of(task.regimes(), "resumed"))
        .filteredOn(change -> change.getTo() == Regime.REGIME_ENDED)
        .extracting(RegimeChanged::getDetectedAtStep)
        .containsExactly(329L, 359L, STEPS - 1L);
    assertThat(of(task.regimes(), "killed")).isEqualTo(renamed(of(task.regimes(), "whole")));
    assertThat(task.rejected())
        .extracting(Rejected::getReason)
        .contains(
            RejectionReason.REJECTION_REASON_GAP,
            RejectionReason.REJECTION_REASON_DUPLICATE,
            RejectionReason.REJECTION_REASON_INVALID)
        .doesNotContain(
            RejectionReason.REJECTION_REASON_UNKNOWN_RUN,
            RejectionReason.REJECTION_REASON_AFTER_END);
  }

  private static List<RegimeChanged> renamed(List<RegimeChanged> changes) {
    return changes.stream().map(change -> change.toBuilder().setRunId("killed").build()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void verdicts_ofAnyMergeOfTheTwoTopics_areTheSame(int seed) {
    Log log = log();
    TaskHarness expected = inOrder(log);

    TaskHarness merged = merge(log, new Random(seed), seed % 2 == 0);

    for (String runId : List.of("whole", "resumed", "killed", "lossy")) {
      assertThat(of(merged.regimes(), runId)).isEqualTo(of(expected.regimes(), runId));
    }
    assertThat(ofRuns(merged.fits())).isEqualTo(ofRuns(expected.fits()));
    assertThat(rejections(merged)).isEqualTo(rejections(expected));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void verdicts_ofRunsWhoseEndsAreBelied_areTheSameButForEndsThatWereTakenBack(int seed) {
    Log log = belied();
    TaskHarness expected = inOrder(log);
    expected.pass(AFTER);

    TaskHarness merged = merge(log, new Random(seed), seed % 2 == 0);
    merged.pass(AFTER);

    for (String runId : BELIED) {
      List<RegimeChanged> changes = of(merged.regimes(), runId);
      assertThat(Verification.compare(changes, of(expected.regimes(), runId), 0))
          .as(runId)
          .isInstanceOf(Verification.Same.class);
      assertThat(changes.getLast().getTo()).as(runId).isEqualTo(Regime.REGIME_ENDED);
    }
    assertThat(ofRuns(merged.fits())).isEqualTo(ofRuns(expected.fits()));
    assertThat(rejections(merged)).isEqualTo(rejections(expected));
  }

  @Test
  void endWithoutItsLastStep_isToldSoonAfterTheLastStep() {
    TaskHarness task = inOrder(belied());
    task.pass(HeldSteps.PATIENCE.multipliedBy(3));

    RegimeChanged last = of(task.regimes(), "unsaid").getLast();
    assertThat(last.getTo()).isEqualTo(Regime.REGIME_ENDED);
    assertThat(last.getEvidence().getSentence())
        .isEqualTo("the run took all its planned steps; last step 399");
  }

  @Test
  void stepsOfAllLives_readBeforeAnythingElse_waitForWhatTheyFollow() {
    Log log = log();
    TaskHarness task = new TaskHarness(AFTER, ClusterView.ALL_READ);
    long offset = 0;
    for (Sent sent : log.steps) {
      task.take(sent.topic, offset++, sent.runId, sent.value(), SyntheticRun.T0);
    }
    assertThat(task.regimes()).isEmpty();
    assertThat(task.rejected()).isEmpty();
    task.kill();
    for (Sent sent : log.runs) {
      task.take(sent.topic, offset++, sent.runId, sent.value(), SyntheticRun.T0);
    }

    assertThat(task.regimes())
        .usingElementComparator(Comparator.comparing(RegimeChanged::toString))
        .containsExactlyInAnyOrderElementsOf(inOrder(log).regimes());
  }

  @Test
  void steps_whoseStartNeverComes_areRefusedAfterBrinkRunsWasReadToItsEnd() {
    TaskHarness task = new TaskHarness(AFTER, ClusterView.ALL_READ);
    task.take(
        Topic.STEPS,
        0,
        "nobody",
        new SyntheticRun("nobody").steps(1).getFirst().toByteArray(),
        SyntheticRun.T0);
    task.pass(HeldSteps.PATIENCE);
    assertThat(task.rejected()).isEmpty();
    task.pass(HeldSteps.PATIENCE);

    assertThat(task.rejected())
        .extracting(Rejected::getReason)
        .containsExactly(RejectionReason.REJECTION_REASON_UNKNOWN_RUN);
  }

  @Test
  void step_ofAResumptionThatNeverComes_holdsItsRunUpForAWhileOnly() {
    SyntheticRun run = new SyntheticRun("run-a");
    List<StepObserved> steps = run.steps(20);
    TaskHarness task = new TaskHarness(AFTER, ClusterView.ALL_READ);
    task.take(Topic.RUNS, 0, "run-a", run.start().toByteArray(), SyntheticRun.T0);
    StepObserved odd = steps.get(5).toBuilder().setResumption(7).build();
    task.take(Topic.STEPS, 0, "run-a", odd.toByteArray(), SyntheticRun.T0);
    long offset = 1;
    for (StepObserved step : steps) {
      task.take(Topic.STEPS, offset++, "run-a", step.toByteArray(), SyntheticRun.T0);
      task.pass(Duration.ofMillis(500));
    }
    task.commit();

    List<String> waiting = new ArrayList<>();
    task.forEach(MonitorTopology.WAITING, (key, _) -> waiting.add(key));
    assertThat(waiting).isEmpty();
    assertThat(task.regimes()).extracting(RegimeChanged::getTo).contains(Regime.REGIME_STABLE);
  }
}
