package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.SyntheticRun;
import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import brink.v1.Layer;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import brink.v1.UpdateRule;
import com.google.protobuf.MessageLite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of any size and content, beside a healthy run. */
class HostileRecordsTest {
  private static final int STEPS = 600;
  private static final int UNKNOWN = 99;

  private final SyntheticRun run = new SyntheticRun("healthy");
  private final Path folder;
  private final TopologyHarness topology;

  HostileRecordsTest(@TempDir Path folder) {
    this.folder = folder;
    this.topology = new TopologyHarness(folder.resolve("a"));
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Hostile(
      Topic topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    static Hostile of(Topic topic, String key, MessageLite value) {
      return new Hostile(topic, bytes(key), value.toByteArray(), new RecordHeaders());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 201, 70_000, 1 << 20, 5 << 20, 12 << 20})
  void fields_ofAnySize_giveRejectionsThatKafkaTakes(int size) {
    topology.start(run);
    topology.steps(run.steps(STEPS / 2));
    List<RegimeChanged> changes = new ArrayList<>(topology.regimes());
    hostile("x".repeat(size))
        .forEach(bad -> topology.pipe(bad.topic(), bad.key(), bad.value(), bad.headers()));
    topology.steps(run.steps(STEPS).subList(STEPS / 2, STEPS));
    changes.addAll(topology.regimes());
    changes.removeIf(change -> !change.getRunId().equals("healthy"));

    List<TestRecord<String, Rejected>> rejected = topology.rejectedRecords();
    assertThat(rejected).isNotEmpty();
    for (TestRecord<String, Rejected> record : rejected) {
      assertThat(record.value().getDetail()).isNotBlank();
      assertThat(record.headers().toArray()).hasSizeLessThanOrEqualTo(1);
      assertThat(bytes(record.key()).length + record.value().getSerializedSize())
          .isLessThan(Topic.LARGEST_RECORD - Topic.LARGEST_RECORD / 20);
    }
    assertThat(changes).isNotEmpty().isEqualTo(alone());
  }

  @Test
  void value_upToTheTopicsLimit_isRejectedWhole() {
    byte[] garbage = new byte[Topic.STEPS.maxMessageBytes()];
    Arrays.fill(garbage, (byte) -1);
    topology.pipe(Topic.STEPS, bytes("k"), garbage, new RecordHeaders());

    assertThat(topology.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.getValue().toByteArray()).isEqualTo(garbage));
  }

  @Test
  void enumNumbers_ofANewerProducer_areReadAsIfTheyWereNotSet() {
    RunStarted started = run.started().toBuilder().setUpdateRuleValue(UNKNOWN).build();
    topology.run("healthy", RunEvent.newBuilder().setStarted(started).build(), SyntheticRun.T0);
    for (StepObserved step : run.steps(STEPS)) {
      Sharpness odd = step.getSharpness(0).toBuilder().setPointValue(UNKNOWN).build();
      Sharpness odder = odd.toBuilder().setPointValue(UNKNOWN + 1).build();
      topology.step(step.toBuilder().addSharpness(odd).addSharpness(odder).build());
    }
    List<RegimeChanged> changes = new ArrayList<>(topology.regimes());
    RunEnded.Builder end = run.end(STEPS - 1).getEnded().toBuilder();
    topology.run("healthy", ended(end.setStatusValue(11)), SyntheticRun.time(STEPS));

    assertThat(topology.rejected())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.getDetail())
                    .contains("sharpness does not say where it was taken"));
    assertThat(withoutEvidence(changes)).isNotEmpty().isEqualTo(withoutEvidence(alone()));
    assertThat(withoutEvidence(topology.regimes()))
        .isEqualTo(withoutEvidence(endedAs(RunStatus.RUN_STATUS_UNSPECIFIED)));
  }

  // The evidence says that some sharpness came without its point.
  private static List<RegimeChanged> withoutEvidence(List<RegimeChanged> changes) {
    return changes.stream().map(change -> change.toBuilder().clearEvidence().build()).toList();
  }

  @Test
  void sharpness_twiceForOneUnknownPoint_isInvalid() {
    topology.start(run);
    StepObserved step = run.steps(1).getFirst();
    Sharpness odd = step.getSharpness(0).toBuilder().setPointValue(UNKNOWN).build();
    topology.step(step.toBuilder().addSharpness(odd).addSharpness(odd).build());

    assertThat(topology.rejectionReasons())
        .containsExactly(RejectionReason.REJECTION_REASON_INVALID);
  }

  private static List<Hostile> hostile(String text) {
    RunStarted started = new SyntheticRun("odd").started();
    StepObserved step = new SyntheticRun("healthy").steps(1).getFirst();
    RecordHeaders wrongType = new RecordHeaders();
    wrongType.add(ProtobufSerde.TYPE_HEADER, bytes(text));
    RecordHeaders many = new RecordHeaders();
    many.add("anything", bytes(text)).add(text, bytes("x"));
    return List.of(
        new Hostile(Topic.STEPS, bytes(text), null, new RecordHeaders()),
        new Hostile(Topic.STEPS, bytes(text), bytes("garbage"), new RecordHeaders()),
        new Hostile(Topic.RUNS, bytes(text), bytes("garbage"), many),
        new Hostile(Topic.STEPS, null, bytes(text), new RecordHeaders()),
        new Hostile(Topic.RUNS, bytes("k"), bytes(text), new RecordHeaders()),
        new Hostile(Topic.STEPS, bytes("healthy"), step.toByteArray(), wrongType),
        Hostile.of(Topic.STEPS, text, step),
        Hostile.of(Topic.STEPS, text, step.toBuilder().setRunId(text).build()),
        Hostile.of(Topic.STEPS, "k", step.toBuilder().setRunId(text).build()),
        Hostile.of(
            Topic.STEPS,
            "nobody",
            step.toBuilder()
                .setRunId("nobody")
                .addLayers(Layer.newBuilder().setName(text))
                .build()),
        Hostile.of(Topic.RUNS, text, started(started.toBuilder().setRunId(text))),
        Hostile.of(Topic.RUNS, "k", started(started.toBuilder().setRunId(text))),
        Hostile.of(Topic.RUNS, "odd", started(started.toBuilder().setName(text))),
        Hostile.of(Topic.RUNS, "odd", started(started.toBuilder().putTags(text, text))),
        Hostile.of(
            Topic.RUNS,
            "odd",
            started(
                started.toBuilder().setUpdateRule(UpdateRule.UPDATE_RULE_SPHERE).setProblem(text))),
        Hostile.of(Topic.RUNS, text, ended(RunEnded.newBuilder().setRunId(text).setReason(text))),
        Hostile.of(
            Topic.RUNS, "nobody", ended(RunEnded.newBuilder().setRunId("nobody").setReason(text))));
  }

  private static RunEvent started(RunStarted.Builder started) {
    return RunEvent.newBuilder().setStarted(started).build();
  }

  private static RunEvent ended(RunEnded.Builder ended) {
    return RunEvent.newBuilder().setEnded(ended).build();
  }

  private List<RegimeChanged> alone() {
    try (TopologyHarness single = new TopologyHarness(folder.resolve("alone"))) {
      single.start(run);
      single.steps(run.steps(STEPS));
      return single.regimes();
    }
  }

  private List<RegimeChanged> endedAs(RunStatus status) {
    try (TopologyHarness single = new TopologyHarness(folder.resolve("ended"))) {
      single.start(run);
      single.steps(run.steps(STEPS));
      List<RegimeChanged> before = single.regimes();
      assertThat(before).isNotEmpty();
      RunEnded.Builder end = run.end(STEPS - 1).getEnded().toBuilder();
      single.run("healthy", ended(end.setStatus(status)), SyntheticRun.time(STEPS));
      return single.regimes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
