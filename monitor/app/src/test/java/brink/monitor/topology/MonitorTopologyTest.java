package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.FoldSettings;
import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTopologyTest {
  private static final int STEPS = 600;

  private final SyntheticRun run = new SyntheticRun("run-a");
  private final Path folder;
  private final TopologyHarness topology;

  MonitorTopologyTest(@TempDir Path folder) {
    this.folder = folder;
    this.topology = new TopologyHarness(folder.resolve("a"));
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void build_always_oneProcessorBetweenTwoSourcesAndThreeSinks() {
    String description =
        MonitorTopology.build(
                FoldSettings.defaults(),
                TopologyHarness.STALLED_AFTER,
                RunObserver.NONE,
                ClusterView.ALL_READ)
            .describe()
            .toString();

    assertThat(description)
        .contains("Sub-topology: 0")
        .doesNotContain("Sub-topology: 1")
        .contains("brink.runs", "brink.steps", "brink.regimes", "brink.flow", "brink.rejected");
  }

  @Test
  void run_wellFormed_passesThroughRegimesAndEnds() {
    topology.start(run);
    topology.steps(run.steps(STEPS));
    topology.run("run-a", run.end(STEPS - 1), SyntheticRun.time(STEPS));

    List<TestRecord<String, RegimeChanged>> changes = topology.regimeRecords();
    assertThat(changes).hasSizeGreaterThanOrEqualTo(3);
    assertThat(changes.getFirst().value().getFrom()).isEqualTo(Regime.REGIME_STARTING);
    assertThat(changes).anyMatch(c -> c.value().getTo() == Regime.REGIME_EDGE);
    assertThat(changes.getLast().value().getTo()).isEqualTo(Regime.REGIME_ENDED);
    assertThat(topology.flow()).isNotEmpty();
    assertThat(topology.rejected()).isEmpty();
  }

  @Test
  void output_ofAStep_hasTheKeyAndTheTimeOfTheStep() {
    topology.start(run);
    topology.steps(run.steps(STEPS));

    assertThat(topology.regimeRecords())
        .isNotEmpty()
        .allSatisfy(
            record -> {
              assertThat(record.key()).isEqualTo("run-a");
              assertThat(record.timestamp())
                  .isEqualTo(SyntheticRun.time(record.value().getDetectedAtStep()));
            });
  }

  @Test
  void output_ofAStepWithAnOddTime_hasTheTimeOfTheMonitor() {
    topology.start(run);
    for (StepObserved step : run.steps(STEPS)) {
      topology.raw("run-a", step.toByteArray(), SyntheticRun.time(step.getStep()) / 1000);
    }

    assertThat(topology.regimeRecords())
        .isNotEmpty()
        .allSatisfy(record -> assertThat(record.timestamp()).isEqualTo(SyntheticRun.T0));
  }

  @Test
  void corruptBytes_amongSteps_areRejectedWholeAndNothingElseStops() {
    byte[] garbage = "not a protobuf".getBytes(StandardCharsets.UTF_8);
    List<StepObserved> steps = run.steps(3);
    topology.start(run);
    topology.step(steps.get(0));
    topology.raw("run-a", garbage, SyntheticRun.time(0));
    topology.step(steps.get(1));
    topology.step(steps.get(2));

    List<TestRecord<String, Rejected>> rejected = topology.rejectedRecords();
    assertThat(rejected).hasSize(1);
    assertThat(rejected.getFirst().key()).isEqualTo("run-a");
    Rejected value = rejected.getFirst().value();
    assertThat(value.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_CORRUPT);
    assertThat(value.getTopic()).isEqualTo(Topic.STEPS.topicName());
    assertThat(value.getOffset()).isEqualTo(1);
    assertThat(value.getKey()).isEqualTo(ByteString.copyFromUtf8("run-a"));
    assertThat(value.getValue()).isEqualTo(ByteString.copyFrom(garbage));
  }

  @Test
  void step_withAnImpossibleTime_isRejectedAndTheRunGoesOn() {
    List<StepObserved> steps = run.steps(2);
    topology.start(run);
    topology.step(
        steps.get(0).toBuilder()
            .setObservedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
            .build());
    topology.steps(steps);

    List<Rejected> rejected = topology.rejected();
    assertThat(rejected).hasSize(1);
    assertThat(rejected.getFirst().getReason()).isEqualTo(RejectionReason.REJECTION_REASON_INVALID);
    assertThat(rejected.getFirst().getDetail()).contains("observed_at");
  }

  @Test
  void step_ofUnknownRun_isRejected() {
    topology.steps(new SyntheticRun("nobody").steps(1));
    topology.silence(HeldSteps.PATIENCE.multipliedBy(3));

    assertThat(topology.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.getReason())
                  .isEqualTo(RejectionReason.REJECTION_REASON_UNKNOWN_RUN);
              assertThat(rejected.getRunId()).isEqualTo("nobody");
              assertThat(rejected.getStep()).isZero();
            });
  }

  @Test
  void key_otherThanRunId_isRejected() {
    topology.start(run);
    topology.raw("run-b", run.steps(1).getFirst().toByteArray(), SyntheticRun.time(0));

    assertThat(topology.rejectionReasons())
        .containsExactly(RejectionReason.REJECTION_REASON_WRONG_KEY);
  }

  @Test
  void start_twice_isRejectedAndKeepsTheState() {
    topology.start(run);
    topology.steps(run.steps(2));
    topology.start(run);
    topology.step(run.steps(3).getLast());

    assertThat(topology.rejectionReasons())
        .containsExactly(RejectionReason.REJECTION_REASON_DUPLICATE);
  }

  @Test
  void start_withoutContent_isRejected() {
    topology.run("run-a", RunEvent.getDefaultInstance(), SyntheticRun.T0);

    assertThat(topology.rejectionReasons())
        .containsExactly(RejectionReason.REJECTION_REASON_INVALID);
  }

  @Test
  void step_withNaN_isRejectedAndTheRunGoesOn() {
    List<StepObserved> steps = run.steps(4);
    topology.start(run);
    topology.step(steps.get(0));
    topology.step(steps.get(1).toBuilder().setGradientCosine(Double.NaN).build());
    topology.step(steps.get(2));
    topology.step(steps.get(3));

    assertThat(topology.rejectionReasons())
        .containsExactly(RejectionReason.REJECTION_REASON_NOT_FINITE);
  }

  @Test
  void step_again_isRejectedAsDuplicate() {
    topology.start(run);
    topology.steps(run.steps(2));
    topology.step(run.steps(1).getFirst());

    assertThat(topology.rejectionReasons())
        .containsExactly(RejectionReason.REJECTION_REASON_DUPLICATE);
  }

  @Test
  void step_afterMissingOnes_isUsedAndTheGapReported() {
    List<StepObserved> steps = run.steps(8);
    topology.start(run);
    topology.step(steps.get(0));
    steps.subList(3, 8).forEach(topology::step);

    assertThat(topology.rejectionReasons()).containsExactly(RejectionReason.REJECTION_REASON_GAP);
  }

  @Test
  void step_tooLate_isRejectedAsOutOfOrder() {
    List<StepObserved> steps = run.steps(8);
    topology.start(run);
    topology.step(steps.get(0));
    steps.subList(3, 8).forEach(topology::step);
    topology.step(steps.get(1));

    assertThat(topology.rejectionReasons())
        .containsExactly(
            RejectionReason.REJECTION_REASON_GAP, RejectionReason.REJECTION_REASON_OUT_OF_ORDER);
  }

  @Test
  void runs_interleaved_getTheVerdictsThatEachGetsAlone() {
    SyntheticRun other = new SyntheticRun("run-b");
    topology.start(run);
    topology.start(other);
    List<StepObserved> mine = run.steps(STEPS);
    List<StepObserved> others = other.steps(STEPS);
    for (int t = 0; t < STEPS; t++) {
      topology.step(mine.get(t));
      topology.step(others.get(t));
    }
    List<RegimeChanged> together = topology.regimes();

    assertThat(of("run-a", together)).isNotEmpty().isEqualTo(alone(run));
    assertThat(of("run-b", together)).isEqualTo(alone(other));
  }

  private List<RegimeChanged> alone(SyntheticRun only) {
    try (TopologyHarness single = new TopologyHarness(folder.resolve("alone-" + only.runId()))) {
      single.start(only);
      single.steps(only.steps(STEPS));
      return single.regimes();
    }
  }

  private static List<RegimeChanged> of(String runId, List<RegimeChanged> changes) {
    return changes.stream().filter(change -> change.getRunId().equals(runId)).toList();
  }
}
