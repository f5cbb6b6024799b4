package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.monitor.run.SyntheticRun;
import brink.v1.Layer;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.ResumedFrom;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose own producer, or whoever has their id, tells absurd things of them. */
class HostileLivesTest {
  private static final int STEPS = 600;
  private static final int TIMES = 3_000;

  private final SyntheticRun run = new SyntheticRun("odd");
  private final Path folder;
  private final TopologyHarness topology;

  HostileLivesTest(@TempDir Path folder) {
    this.folder = folder;
    this.topology = new TopologyHarness(folder.resolve("a"));
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void lives_thousandsOfThem_areToldEachAndLeaveASmallState() {
    topology.start(run);
    topology.steps(run.steps(STEPS));
    int told = topology.regimes().size();
    assertThat(told).isPositive();
    for (int life = 0; life < TIMES; life++) {
      topology.run("odd", run.end(STEPS - 1), SyntheticRun.time(STEPS));
      topology.run("odd", resumed(STEPS), SyntheticRun.time(STEPS));
    }

    List<RegimeChanged> changes = topology.regimes();
    assertThat(changes).hasSize(2 * TIMES);
    assertThat(changes).filteredOn(change -> change.getTo() == Regime.REGIME_ENDED).hasSize(TIMES);
    assertThat(topology.rejected()).isEmpty();
    assertThat(state()).hasSizeLessThan(RunStateCodec.MAX_BYTES);
  }

  /** The ends name a step that never comes, so that none of them takes effect. */
  @Test
  void lives_thousandsThatWait_areRefusedBeyondARoomThatIsSmall() {
    topology.start(run);
    topology.steps(run.steps(10));
    for (int life = 0; life < TIMES; life++) {
      topology.run("odd", run.end(1_000_000 + life), SyntheticRun.time(STEPS));
      topology.run("odd", resumed(1_000_001 + life), SyntheticRun.time(STEPS));
    }

    List<Rejected> rejected = topology.rejected();
    assertThat(rejected).isNotEmpty();
    assertThat(rejected)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.getReason())
                  .isIn(
                      RejectionReason.REJECTION_REASON_INVALID,
                      RejectionReason.REJECTION_REASON_DUPLICATE);
              assertThat(refusal.getDetail()).isNotBlank();
            });
    assertThat(state()).hasSizeLessThan(32 << 10);
    topology.steps(run.steps(20).subList(10, 20));
    assertThat(topology.rejected()).isEmpty();
  }

  @Test
  void starts_thousandsUnderOneId_areDuplicatesAndTheRunGoesOn() {
    topology.start(run);
    topology.steps(run.steps(STEPS / 2));
    List<RegimeChanged> changes = new ArrayList<>(topology.regimes());
    for (int i = 0; i < TIMES; i++) {
      topology.start(run);
    }
    assertThat(topology.rejectionReasons())
        .hasSize(TIMES)
        .containsOnly(RejectionReason.REJECTION_REASON_DUPLICATE);
    topology.steps(run.steps(STEPS).subList(STEPS / 2, STEPS));
    changes.addAll(topology.regimes());

    assertThat(changes).isEqualTo(alone());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, (1L << 53) + 1, Long.MAX_VALUE})
  void resumption_fromAStepThatCannotBe_isInvalidAndChangesNothing(long step) {
    topology.start(run);
    topology.steps(run.steps(STEPS / 2));
    List<RegimeChanged> changes = new ArrayList<>(topology.regimes());
    topology.run("odd", resumed(step), SyntheticRun.time(STEPS));

    assertThat(topology.rejected())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.getReason()).isEqualTo(RejectionReason.REJECTION_REASON_INVALID);
              assertThat(refusal.getDetail()).contains("resumed_from.step is " + step);
            });
    topology.steps(run.steps(STEPS).subList(STEPS / 2, STEPS));
    changes.addAll(topology.regimes());
    assertThat(changes).isEqualTo(alone());
  }

  @ParameterizedTest
  @ValueSource(longs = {(1L << 53) + 10, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void steps_beyondWhatCanBeCounted_areInvalidAndHoldNothingUp(long step) {
    topology.start(run);
    List<StepObserved> steps = run.steps(STEPS);
    topology.steps(steps.subList(0, STEPS / 2));
    for (int i = 0; i < 10; i++) {
      topology.raw(
          "odd",
          steps.getFirst().toBuilder().setStep(step - i).build().toByteArray(),
          SyntheticRun.time(STEPS));
    }
    List<Rejected> rejected = topology.rejected();
    topology.steps(steps.subList(STEPS / 2, STEPS));

    assertThat(rejected).isNotEmpty();
    assertThat(rejected.getFirst().getReason()).isEqualTo(RejectionReason.REJECTION_REASON_INVALID);
    assertThat(topology.regimes()).isEqualTo(alone());
  }

  @Test
  void step_withAMebibyteOfEmptyLayers_isUsed() {
    StepObserved.Builder large = run.steps(1).getFirst().toBuilder();
    large.addAllLayers(Collections.nCopies(400_000, Layer.getDefaultInstance()));
    topology.start(run);
    topology.step(large.build());
    topology.steps(run.steps(STEPS).subList(1, STEPS));

    assertThat(topology.rejected()).isEmpty();
    assertThat(topology.regimes()).isEqualTo(alone());
  }

  @Test
  void step_withManyNotFiniteLayers_hasOneFindingForEachField() {
    Layer odd =
        Layer.newBuilder()
            .setWeightNormSquared(Double.NaN)
            .setGradientNormSquared(Double.NaN)
            .setSharpness(Double.NaN)
            .build();
    topology.start(run);
    topology.step(
        run.steps(1).getFirst().toBuilder().addAllLayers(Collections.nCopies(30_000, odd)).build());

    assertThat(topology.rejectionReasons())
        .containsOnly(RejectionReason.REJECTION_REASON_NOT_FINITE)
        .hasSize(3);
  }

  @Test
  void step_withAHundredThousandEigenvalues_isUsedAndTheStateStaysSmall() {
    topology.start(run);
    for (StepObserved step : run.steps(20)) {
      Sharpness.Builder many = step.getSharpness(0).toBuilder();
      many.addAllEigenvalues(Collections.nCopies(100_000, 0.0)).clearResiduals();
      topology.step(step.toBuilder().setSharpness(0, many).build());
    }

    assertThat(topology.rejected()).isEmpty();
    assertThat(state()).hasSizeLessThan(RunStateCodec.MAX_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void resumption_thatStepsNameAndNobodyTold_holdsUpNothingForLong(int resumption) {
    topology.start(run);
    for (StepObserved step : run.steps(STEPS)) {
      topology.step(step.toBuilder().setResumption(resumption).build());
    }
    topology.silence(HeldSteps.PATIENCE.multipliedBy(4));

    assertThat(topology.regimes()).isEqualTo(alone());
    assertThat(topology.store(MonitorTopology.WAITING).approximateNumEntries()).isZero();
  }

  private byte[] state() {
    topology.silence(Duration.ofSeconds(1));
    byte[] bytes = topology.store(MonitorTopology.STATE).get("odd");
    RunState state = RunStateCodec.decode(Objects.requireNonNull(bytes));
    return RunStateCodec.encode(state);
  }

  private RunEvent resumed(long step) {
    RunStarted started =
        run.started().toBuilder()
            .setResumedFrom(ResumedFrom.newBuilder().setRunId("odd").setStep(step))
            .build();
    return RunEvent.newBuilder().setStarted(started).build();
  }

  private List<RegimeChanged> alone() {
    try (TopologyHarness single = new TopologyHarness(folder.resolve("alone"))) {
      single.start(run);
      single.steps(run.steps(STEPS));
      return single.regimes();
    }
  }
}
