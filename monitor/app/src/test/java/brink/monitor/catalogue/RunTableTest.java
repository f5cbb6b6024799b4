package brink.monitor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.catalogue.RunEntry.Status;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunEvent;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunTableTest {
  private static final byte[] KEY = "run-a".getBytes(StandardCharsets.UTF_8);

  private final RunTable table = new RunTable();
  private final SyntheticRun run = new SyntheticRun("run-a");

  @Test
  void run_startedAndChanged_isRunningInItsLastRegime() {
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.REGIMES, change(Regime.REGIME_STABLE, 40), 2);
    apply(Topic.REGIMES, change(Regime.REGIME_EDGE, 340), 3);
    apply(Topic.FLOW, FlowFitted.newBuilder().setRunId("run-a").setStep(350).build(), 4);

    RunEntry entry = entry();
    assertThat(entry.status()).isEqualTo(Status.RUNNING);
    assertThat(entry.regime()).isEqualTo(Regime.REGIME_EDGE);
    assertThat(entry.changes()).hasSize(2);
    assertThat(entry.lastStep()).isEqualTo(350);
    assertThat(entry.updatedAt()).isEqualTo(Instant.ofEpochMilli(4));
  }

  @Test
  void run_ended_hasTheProducersStatus() {
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.RUNS, run.end(99), 2);

    assertThat(entry().status()).isEqualTo(Status.COMPLETED);
    assertThat(entry().lastStep()).isEqualTo(99);
  }

  @Test
  void run_endedTwice_hasTheFirstEnd() {
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.RUNS, run.end(99), 2);
    apply(Topic.RUNS, failedAt(1_000_000), 3);

    assertThat(entry().status()).isEqualTo(Status.COMPLETED);
    assertThat(entry().lastStep()).isEqualTo(99);
  }

  @Test
  void run_whoseEndComesBeforeItsStart_isRunning() {
    apply(Topic.RUNS, failedAt(99), 1);
    apply(Topic.RUNS, run.start(), 2);

    assertThat(entry().status()).isEqualTo(Status.RUNNING);
  }

  private RunEvent failedAt(long step) {
    RunEvent.Builder end = run.end(step).toBuilder();
    end.getEndedBuilder().setStatus(RunStatus.RUN_STATUS_FAILED);
    return end.build();
  }

  @Test
  void run_resumedAfterItsEnd_runsAgainSinceItsFirstStart() {
    RunStarted.Builder again = run.started().toBuilder().setPlannedSteps(500);
    again.getStartedAtBuilder().setSeconds(again.getStartedAt().getSeconds() + 60);
    again.getResumedFromBuilder().setRunId("run-a").setStep(100);
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.RUNS, run.end(99), 2);
    apply(Topic.RUNS, RunEvent.newBuilder().setStarted(again).build(), 3);

    assertThat(entry().status()).isEqualTo(Status.RUNNING);
    RunStarted known = Objects.requireNonNull(entry().started());
    assertThat(known.getStartedAt()).isEqualTo(run.started().getStartedAt());
    assertThat(known.getPlannedSteps()).isEqualTo(500);
    assertThat(entry().lastStep()).isEqualTo(99);
  }

  @Test
  void fork_resumedItself_stillNamesItsParent() {
    RunStarted.Builder fork = run.started().toBuilder();
    fork.getResumedFromBuilder().setRunId("parent").setStep(40);
    RunStarted.Builder again = run.started().toBuilder();
    again.getResumedFromBuilder().setRunId("run-a").setStep(60);
    apply(Topic.RUNS, RunEvent.newBuilder().setStarted(fork).build(), 1);
    apply(Topic.RUNS, RunEvent.newBuilder().setStarted(again).build(), 2);

    assertThat(Objects.requireNonNull(entry().started()).getResumedFrom())
        .isEqualTo(fork.getResumedFrom());
  }

  @Test
  void note_ofARun_isTheNewestAndGoesWithARecordWithoutAValue() {
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.NOTES, note("first"), 2);
    apply(Topic.NOTES, note("second"), 3);
    apply(Topic.NOTES, note("of another key").toBuilder().setRunId("run-b").build(), 4);
    assertThat(Objects.requireNonNull(entry().note()).getNote()).isEqualTo("second");
    assertThat(table.get("run-b")).isNull();

    table.apply(new ConsumerRecord<>(Topic.NOTES.topicName(), 0, 4, KEY, null));

    assertThat(entry().note()).isNull();
  }

  @Test
  void note_thatDeletes_hidesTheRunUntilItIsTakenAway() {
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.NOTES, note("").toBuilder().setDeleted(true).build(), 2);

    assertThat(table.get("run-a")).isNull();
    assertThat(table.all()).isEmpty();
    assertThat(table.deleted()).extracting(RunEntry::runId).containsExactly("run-a");

    table.apply(new ConsumerRecord<>(Topic.NOTES.topicName(), 0, 4, KEY, null));
    assertThat(table.all()).extracting(RunEntry::runId).containsExactly("run-a");
    assertThat(table.deleted()).isEmpty();
  }

  private static RunNote note(String text) {
    return RunNote.newBuilder().setRunId("run-a").setNote(text).build();
  }

  @Test
  void run_thatFellSilent_isMarked() {
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.REGIMES, change(Regime.REGIME_STALLED, 5), 2);

    assertThat(entry().status()).isEqualTo(Status.SILENT);
  }

  @Test
  void start_again_doesNotReplaceTheFirst() {
    apply(Topic.RUNS, run.start(), 1);
    apply(
        Topic.RUNS,
        run.start().toBuilder().setStarted(run.started().toBuilder().setName("other")).build(),
        2);

    assertThat(Objects.requireNonNull(entry().started()).getName()).isEqualTo("name of run-a");
  }

  @Test
  void garbage_inATopic_isPassedOver() {
    table.apply(record(Topic.RUNS, new byte[] {-1, -1, -1}, 1));
    apply(Topic.RUNS, run.start(), 2);

    assertThat(table.all()).hasSize(1);
  }

  @Test
  void touch_ofAStep_movesTheLastStepForwardOnly() {
    apply(Topic.RUNS, run.start(), 1);
    table.touch("run-a", 7, null, Instant.ofEpochMilli(5));
    table.touch("run-a", 6, null, Instant.ofEpochMilli(6));
    table.touch("unknown", 1, null, Instant.ofEpochMilli(7));

    assertThat(entry().lastStep()).isEqualTo(7);
    assertThat(table.all()).hasSize(1);
  }

  @Test
  void start_withAnImpossibleTime_isPassedOverAsTheTopologyDoes() {
    Timestamp end = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
    apply(
        Topic.RUNS,
        run.start().toBuilder().setStarted(run.started().toBuilder().setStartedAt(end)).build(),
        1);

    assertThat(table.all()).isEmpty();
  }

  @Test
  void start_underAnotherKey_isPassedOverAsTheTopologyDoes() {
    RunStarted other = run.started().toBuilder().setRunId("run-b").build();
    apply(Topic.RUNS, run.start().toBuilder().setStarted(other).build(), 1);

    assertThat(table.all()).isEmpty();
  }

  @Test
  void change_ofARunThatNeverStarted_isNotListed() {
    apply(Topic.REGIMES, change(Regime.REGIME_EDGE, 5), 1);

    assertThat(table.all()).isEmpty();
  }

  @Test
  void run_ofAnySize_takesLittleMemoryAndKeepsItsNumbers() {
    String huge = "x".repeat(900_000);
    RunStarted.Builder started =
        run.started().toBuilder()
            .setName(huge)
            .setGroup(huge)
            .setProblem(huge)
            .setNetwork(huge)
            .setDataset(huge)
            .setPrecision(huge)
            .setPlannedSteps(7);
    started.getProducerBuilder().setName(huge).setVersion(huge).setDevice(huge);
    started.getResumedFromBuilder().setRunId(huge);
    started
        .getDataBuilder()
        .setSummary(huge)
        .setTarget(huge)
        .setTrainRows(11)
        .addFiles(huge)
        .addColumns(huge)
        .addAllWarnings(Collections.nCopies(50, huge));
    started.getDataBuilder().addClassesBuilder().setName(huge);
    started.getDataBuilder().getImageBuilder().setLayout(huge);
    for (int i = 0; i < 100; i++) {
      started.putTags(i + huge, huge);
    }
    started.setUnknownFields(
        UnknownFieldSet.newBuilder()
            .addField(
                1000,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8(huge))
                    .build())
            .build());
    apply(Topic.RUNS, RunEvent.newBuilder().setStarted(started).build(), 1);
    RegimeChanged.Builder change = change(Regime.REGIME_EDGE, 5).toBuilder();
    change.setDetectorVersion(huge).getEvidenceBuilder().setSentence(huge);
    apply(Topic.REGIMES, change.build(), 2);
    FlowFitted.Builder flow = FlowFitted.newBuilder().setRunId("run-a").setStep(8);
    for (int i = 0; i < 10_000; i++) {
      flow.addForecastsBuilder().setHorizon(i);
    }
    apply(Topic.FLOW, flow.build(), 3);
    apply(
        Topic.RUNS,
        RunEvent.newBuilder().setEnded(run.end(9).getEnded().toBuilder().setReason(huge)).build(),
        4);

    assertThat(entry().bytes()).isLessThan(12_000);
    RunStarted known = Objects.requireNonNull(entry().started());
    assertThat(known.getName()).hasSize(200).endsWith("x…");
    assertThat(known.getPlannedSteps()).isEqualTo(7);
    assertThat(known.getData().getTrainRows()).isEqualTo(11);
    assertThat(known.getData().getWarningsList()).hasSize(4);
    assertThat(entry().lastStep()).isEqualTo(9);
    assertThat(entry().regime()).isEqualTo(Regime.REGIME_EDGE);
  }

  @Test
  void changes_withoutEnd_keepTheNewest() {
    apply(Topic.RUNS, run.start(), 1);
    for (int i = 0; i < 1_000; i++) {
      apply(Topic.REGIMES, change(Regime.REGIME_EDGE, i), i);
    }

    assertThat(entry().changes()).hasSize(100);
    assertThat(entry().changes().getLast().getDetectedAtStep()).isEqualTo(999);
  }

  @Test
  void runs_beyondTheNumber_leaveOutTheOneThatWasSilentForLongest() {
    RunTable small = new RunTable(3, Long.MAX_VALUE);
    for (int i = 0; i < 10; i++) {
      small.apply(start("run-" + i));
      small.touch("run-0", i, null, Instant.ofEpochMilli(i));
    }

    assertThat(small.all())
        .extracting(RunEntry::runId)
        .containsExactlyInAnyOrder("run-0", "run-8", "run-9");
  }

  @Test
  void runs_beyondTheBytes_areLeftOut() {
    long each = Objects.requireNonNull(startedAlone("run-0")).bytes();
    RunTable small = new RunTable(1_000, 5 * each);
    for (int i = 0; i < 10; i++) {
      small.apply(start("run-" + i));
      small.apply(start("run-" + i));
    }

    assertThat(small.all()).hasSize(5).extracting(RunEntry::runId).contains("run-9");
  }

  @Test
  void runId_thatTheTopologyTakesNot_isPassedOver() {
    table.apply(start("x".repeat(900_000)));
    apply(
        Topic.REGIMES,
        change(Regime.REGIME_EDGE, 1).toBuilder().setRunId("y".repeat(201)).build(),
        1);

    assertThat(table.all()).isEmpty();
    assertThat(table.get("y".repeat(201))).isNull();
  }

  @Test
  void enumNumbers_ofANewerMonitor_areReadAsIfTheyWereNotSet() {
    apply(Topic.RUNS, run.start(), 1);
    apply(Topic.REGIMES, change(Regime.REGIME_EDGE, 5).toBuilder().setToValue(77).build(), 2);
    assertThat(entry().regime()).isEqualTo(Regime.REGIME_UNSPECIFIED);
    assertThat(entry().status()).isEqualTo(Status.RUNNING);

    RunEvent end =
        RunEvent.newBuilder()
            .setEnded(run.end(9).getEnded().toBuilder().setStatusValue(11))
            .build();
    apply(Topic.RUNS, end, 3);
    assertThat(entry().status()).isEqualTo(Status.FAILED);
  }

  private static @Nullable RunEntry startedAlone(String runId) {
    RunTable alone = new RunTable();
    alone.apply(start(runId));
    return alone.get(runId);
  }

  private static ConsumerRecord<byte[], byte[]> start(String runId) {
    return record(
        Topic.RUNS,
        runId.getBytes(StandardCharsets.UTF_8),
        new SyntheticRun(runId).start().toByteArray(),
        1);
  }

  private RunEntry entry() {
    return Objects.requireNonNull(table.get("run-a"));
  }

  private static RegimeChanged change(Regime to, long step) {
    return RegimeChanged.newBuilder().setRunId("run-a").setTo(to).setDetectedAtStep(step).build();
  }

  private void apply(Topic topic, MessageLite message, long time) {
    table.apply(record(topic, message.toByteArray(), time));
  }

  private static ConsumerRecord<byte[], byte[]> record(Topic topic, byte[] value, long time) {
    return record(topic, KEY, value, time);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      Topic topic, byte[] key, byte[] value, long time) {
    return new ConsumerRecord<>(
        topic.topicName(),
        0,
        0,
        time,
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
