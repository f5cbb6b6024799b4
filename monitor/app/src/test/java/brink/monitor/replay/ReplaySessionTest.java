package brink.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.replay.Verification.Same;
import brink.monitor.run.FoldSettings;
import brink.monitor.run.Outcome;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplaySessionTest {
  private static final int STEPS = 600;
  private static final int PARTITION = 3;
  private static final long FIRST_OFFSET = 1000;

  private final SyntheticRun run = new SyntheticRun("run-a");
  private final ReplaySession session = new ReplaySession("run-a", FoldSettings.defaults());
  private long offset = FIRST_OFFSET;

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void replay_ofAWholeRun_givesTheVerdictsOfTheFold() {
    session.life(runs(run.start().toByteArray(), SyntheticRun.T0));
    session.life(runs(run.end(STEPS - 1).toByteArray(), SyntheticRun.time(STEPS)));
    run.steps(STEPS).forEach(this::step);

    Replayed replayed = session.finish();
    assertThat(replayed.changes()).isNotEmpty();
    assertThat(Verification.compare(folded(), replayed.changes(), 0))
        .isEqualTo(new Same(replayed.changes().size()));
    assertThat(replayed.records()).isEqualTo(STEPS + 2);
    assertThat(replayed.rejected()).isEmpty();
    assertThat(replayed.fits()).isNotEmpty();
    assertThat(replayed.lastOffsets())
        .containsEntry(
            new TopicPartition(Topic.STEPS.topicName(), PARTITION), FIRST_OFFSET + STEPS + 1);
  }

  @Test
  void replay_ofAnInterruptedRun_givesWhatThereIs() {
    session.life(runs(run.start().toByteArray(), SyntheticRun.T0));
    run.steps(STEPS).forEach(this::step);

    List<RegimeChanged> whole = folded();
    assertThat(session.finish().changes()).isEqualTo(whole.subList(0, whole.size() - 1));
  }

  @Test
  void replay_ofBadRecords_rejectsThemWithTheirPlaceInKafka() {
    List<StepObserved> steps = run.steps(2);
    session.life(runs(run.start().toByteArray(), SyntheticRun.T0));
    step(steps.get(0));
    session.step(record(Topic.STEPS, "run-a", new byte[] {-1}, SyntheticRun.time(0)));
    step(steps.get(1));
    step(steps.get(0));

    List<Rejected> rejected = session.finish().rejected();
    assertThat(rejected)
        .extracting(Rejected::getReason)
        .containsExactly(
            RejectionReason.REJECTION_REASON_CORRUPT, RejectionReason.REJECTION_REASON_DUPLICATE);
    assertThat(rejected)
        .extracting(Rejected::getOffset)
        .containsExactly(FIRST_OFFSET + 2, FIRST_OFFSET + 4);
    assertThat(rejected).extracting(Rejected::getPartition).containsOnly(PARTITION);
  }

  @Test
  void replay_amongOtherRuns_takesItsOwnRecordsOnly() {
    SyntheticRun other = new SyntheticRun("run-b");
    session.life(record(Topic.RUNS, "run-b", other.start().toByteArray(), SyntheticRun.T0));
    session.life(runs(run.start().toByteArray(), SyntheticRun.T0));
    session.step(
        record(
            Topic.STEPS, "run-b", other.steps(1).getFirst().toByteArray(), SyntheticRun.time(0)));
    step(run.steps(1).getFirst());

    assertThat(session.finish().records()).isEqualTo(2);
  }

  @Test
  void steps_inAnotherPartitionThanTheStart_areRefusedWithBothPartitions() {
    session.life(
        RawRecord.of(Topic.RUNS, 0, 0, "run-a", run.start().toByteArray(), SyntheticRun.T0));
    step(run.steps(1).getFirst());

    assertThat(session.finish().rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.getReason())
                  .isEqualTo(RejectionReason.REJECTION_REASON_WRONG_PARTITION);
              assertThat(rejected.getDetail())
                  .contains("in partition 3 of brink.steps", "in partition 0 of brink.runs");
            });
  }

  private List<RegimeChanged> folded() {
    RunFold fold = new RunFold();
    RunState state = fold.start(run.started());
    List<RegimeChanged> changes = new ArrayList<>();
    for (StepObserved step : run.steps(STEPS)) {
      Outcome outcome = fold.step(state, step);
      state = outcome.state();
      changes.addAll(outcome.changes());
    }
    changes.addAll(fold.end(state, run.end(STEPS - 1).getEnded()).changes());
    return changes;
  }

  private void step(StepObserved step) {
    session.step(
        record(
            Topic.STEPS, step.getRunId(), step.toByteArray(), SyntheticRun.time(step.getStep())));
  }

  private ConsumerRecord<byte[], byte[]> runs(byte[] value, long time) {
    return record(Topic.RUNS, "run-a", value, time);
  }

  private ConsumerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value, long time) {
    return RawRecord.of(topic, PARTITION, offset++, key, value, time);
  }
}
