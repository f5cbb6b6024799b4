package brink.monitor.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.regime.ScaleInvariance;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RejectionReason;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BadRecordsTest {
  private final Folded run = new Folded("float64");

  private void calm(long from, long to) {
    for (long step = from; step < to; step++) {
      run.step(Records.calm(step).build());
    }
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        change("run_id", StepObserved.Builder::clearRunId),
        change("run_id", b -> b.setRunId("other")),
        change("step", b -> b.setStep(-1)),
        change("weight_norm_squared", StepObserved.Builder::clearWeightNormSquared),
        change("gradient_norm_squared", StepObserved.Builder::clearGradientNormSquared),
        change("learning_rate", StepObserved.Builder::clearLearningRate),
        change("weight_decay", StepObserved.Builder::clearWeightDecay),
        change("weight_norm_squared", b -> b.setWeightNormSquared(-1)),
        change("gradient_norm_squared", b -> b.setGradientNormSquared(-1)),
        change("learning_rate", b -> b.setLearningRate(-1)),
        change("weight_decay", b -> b.setWeightDecay(-1)),
        change("weight_decay", b -> b.setWeightDecay(2)),
        change("gradient_cosine", b -> b.setGradientCosine(3)),
        change("eigenvalues", b -> b.addSharpness(Sharpness.newBuilder())),
        change("descend", b -> b.addSharpness(eigenvalues(1, 2))),
        change("residuals", b -> b.addSharpness(eigenvalues(2, 1).addResiduals(0))),
        change("residual", b -> b.addSharpness(eigenvalues(2).addResiduals(-1))),
        change("twice", b -> b.addSharpness(eigenvalues(2)).addSharpness(eigenvalues(2))));
  }

  private static Arguments change(String named, Consumer<StepObserved.Builder> change) {
    return Arguments.of(named, change);
  }

  private static Sharpness.Builder eigenvalues(double... values) {
    Sharpness.Builder sharpness =
        Sharpness.newBuilder().setPoint(SharpnessPoint.SHARPNESS_POINT_ITERATE);
    for (double value : values) {
      sharpness.addEigenvalues(value);
    }
    return sharpness;
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void step_missingOrImpossible_isInvalidAndNotUsed(
      String named, Consumer<StepObserved.Builder> change) {
    calm(0, 5);
    StepObserved.Builder record = Records.calm(5);
    change.accept(record);
    Outcome outcome = run.step(record.build());
    assertThat(outcome.readings()).isNull();
    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_INVALID);
    assertThat(run.rejections.getFirst().detail()).contains(named);
    assertThat(run.state().lastStep()).hasValue(4);
  }

  @Test
  void step_cosineRoundedBeyondOne_isUsed() {
    calm(0, 5);
    run.step(Records.calm(5).setGradientCosine(-1 - 1e-12).build());
    assertThat(run.rejections).isEmpty();
  }

  @Test
  void step_nanLoss_divergesAndStartsAnewWhenFinite() {
    calm(0, 20);
    Outcome outcome = run.step(Records.calm(20).setLoss(Double.NaN).build());
    assertThat(outcome.readings()).isNull();
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_DIVERGED);
    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_NOT_FINITE);
    assertThat(run.changes.getLast().getEvidence().getSentence()).contains("loss");
    calm(21, 60);
    assertThat(run.regimes())
        .endsWith(Regime.REGIME_DIVERGED, Regime.REGIME_STARTING, Regime.REGIME_STABLE);
  }

  @Test
  void step_nanInTheFlowsTestOrTheNoise_isNamedAndTheStepUsed() {
    calm(0, 20);
    StepObserved.Builder record = Records.calm(20).setGradientNoiseSquared(Double.NaN);
    record.getFlowTestBuilder().setSpeed(Double.POSITIVE_INFINITY);
    assertThat(run.step(record.build()).readings()).isNotNull();
    assertThat(run.rejections)
        .extracting(Rejection::detail)
        .anyMatch(detail -> detail.contains("gradient_noise_squared"))
        .anyMatch(detail -> detail.contains("flow_test.speed"));
  }

  @Test
  void step_nanEigenvalue_isUsedWithoutSharpness() {
    calm(0, 20);
    Outcome outcome = run.step(Records.calm(20).addSharpness(eigenvalues(Double.NaN)).build());
    assertThat(requireNonNull(outcome.readings()).stabilityRatio()).isNull();
    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_NOT_FINITE);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_STABLE);
  }

  @Test
  void step_seenBefore_isDuplicate() {
    calm(0, 200);
    run.step(Records.calm(199).build());
    run.step(Records.calm(3).build());
    assertThat(run.reasons())
        .containsExactly(
            RejectionReason.REJECTION_REASON_DUPLICATE, RejectionReason.REJECTION_REASON_DUPLICATE);
  }

  @Test
  void step_afterGap_waitsForThoseBeforeItAndIsThenUsedWithoutLedger() {
    calm(0, 10);
    Outcome first = run.step(Records.calm(15).build());
    StepReadings readings = requireNonNull(first.readings());
    assertThat(readings.normLedgerError()).isNull();
    assertThat(readings.flowTime()).isCloseTo(16 * 2e-4, within(1e-15));
    calm(16, 19);
    assertThat(run.rejections).isEmpty();
    assertThat(run.state().lastStep()).hasValue(9);
    calm(19, 20);
    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_GAP);
    assertThat(run.rejections.getFirst().detail()).contains("steps 10 to 14");
    assertThat(run.state().lastStep()).hasValue(19);
    assertThat(run.state().flowTime()).isCloseTo(20 * 2e-4, within(1e-15));
  }

  @Test
  void step_lateByFour_isUsedInItsPlace() {
    calm(0, 10);
    calm(11, 15);
    Outcome late = run.step(Records.calm(10).build());
    assertThat(run.rejections).isEmpty();
    assertThat(run.state().lastStep()).hasValue(14);
    assertThat(requireNonNull(late.readings()).flowTime()).isCloseTo(11 * 2e-4, within(1e-15));
  }

  @Test
  void step_laterThanThat_isOutOfOrder() {
    calm(0, 10);
    calm(11, 16);
    run.step(Records.calm(10).build());
    assertThat(run.reasons())
        .containsExactly(
            RejectionReason.REJECTION_REASON_GAP, RejectionReason.REJECTION_REASON_OUT_OF_ORDER);
  }

  @Test
  void step_twiceWhileItWaits_isDuplicate() {
    calm(0, 10);
    calm(11, 12);
    calm(11, 12);
    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_DUPLICATE);
  }

  @Test
  void step_hugeNumber_stopsNoOther() {
    calm(0, 10);
    run.step(Records.calm(1L << 53).build());
    calm(10, 100);
    assertThat(run.rejections).isEmpty();
    assertThat(run.state().lastStep()).hasValue(99);
  }

  @Test
  void step_beyondWhatDoublesCount_isInvalid() {
    calm(0, 10);
    run.step(Records.calm((1L << 53) + 1).build());
    calm(10, 100);
    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_INVALID);
    assertThat(run.state().lastStep()).hasValue(99);
  }

  @Test
  void step_notFiniteAfterGap_waitsForNothing() {
    calm(0, 10);
    calm(11, 12);
    run.step(Records.calm(13).setLoss(Double.NaN).build());
    assertThat(run.reasons())
        .containsExactly(
            RejectionReason.REJECTION_REASON_GAP,
            RejectionReason.REJECTION_REASON_GAP,
            RejectionReason.REJECTION_REASON_NOT_FINITE);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_DIVERGED);
  }

  @Test
  void end_ofARunOfWhichNoStepWasUsed_doesNotClaimThatItTookThem() {
    run.end(19, RunStatus.RUN_STATUS_COMPLETED);
    assertThat(RunFold.unfinished(run.state()))
        .hasValue("the run is over, and no step of it came that could be used");
  }

  @Test
  void end_withStepsThatWait_waitsForThoseBeforeThem() {
    calm(0, 18);
    calm(19, 20);
    run.end(19, RunStatus.RUN_STATUS_COMPLETED);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_STABLE);
    assertThat(RunFold.unfinished(run.state()))
        .hasValue("the run took all its planned steps; last step 19; step 18 never came");
    calm(18, 19);
    assertThat(run.rejections).isEmpty();
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_ENDED);
  }

  @Test
  void step_regularCadence_isReportedThreeTimesOnly() {
    for (long step = 0; step < 1000; step += 10) {
      run.step(Records.calm(step).build());
    }
    assertThat(run.rejections).hasSize(3);
    run.step(Records.calm(1010).build());
    run.end(1010, RunStatus.RUN_STATUS_COMPLETED);
    assertThat(run.rejections).hasSize(3);
    assertThat(RunFold.unfinished(run.state())).isPresent();
    run.step(Records.calm(1000).build());
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_ENDED);
  }

  @Test
  void end_beforeLastSteps_waitsForThem() {
    calm(0, 15);
    run.end(19, RunStatus.RUN_STATUS_COMPLETED);
    assertThat(run.state().endIsKnown()).isTrue();
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_STABLE);
    calm(15, 20);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_ENDED);
  }

  @Test
  void step_afterTheLastOne_takesTheEndBackOnce() {
    calm(0, 20);
    run.end(19, RunStatus.RUN_STATUS_DIVERGED);
    calm(20, 25);

    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_AFTER_END);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_STABLE);
    assertThat(RunFold.endsWhenSilent(run.state())).isTrue();
    assertThat(RunFold.unfinished(run.state())).contains("the run diverged; last step 24");
  }

  @Test
  void end_belowTheLastStep_isUsedWithoutItsStep() {
    calm(0, 25);
    run.end(19, RunStatus.RUN_STATUS_COMPLETED);

    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_AFTER_END);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_STABLE);
    assertThat(RunFold.endsWhenSilent(run.state())).isTrue();
  }

  @Test
  void end_withANegativeStep_isUsedWithoutIt() {
    run.end(-7, RunStatus.RUN_STATUS_COMPLETED);
    calm(0, 5);

    assertThat(run.reasons()).containsExactly(RejectionReason.REJECTION_REASON_INVALID);
    assertThat(RunFold.unfinished(run.state()))
        .contains("the run took all its planned steps; last step 4");
  }

  @Test
  void end_ofALifeThatWentBack_isNotBeliedByTheOneBefore() {
    calm(0, 25);
    run.end(24, RunStatus.RUN_STATUS_STOPPED);
    run.resume(10);
    calm(10, 20);
    run.end(19, RunStatus.RUN_STATUS_COMPLETED);

    assertThat(run.reasons()).containsOnly(RejectionReason.REJECTION_REASON_DUPLICATE);
    assertThat(run.state().regime()).isEqualTo(Regime.REGIME_ENDED);
  }

  @Test
  void end_inEitherOrder_givesSameChanges() {
    calm(0, 20);
    run.end(19, RunStatus.RUN_STATUS_DIVERGED);
    Folded early = new Folded("float64");
    early.end(19, RunStatus.RUN_STATUS_DIVERGED);
    for (long step = 0; step < 20; step++) {
      early.step(Records.calm(step).build());
    }
    assertThat(early.changes).isEqualTo(run.changes);
    assertThat(run.regimes()).endsWith(Regime.REGIME_DIVERGED, Regime.REGIME_ENDED);
  }

  @Test
  void check_runIdTooLong_isRefused() {
    assertThat(RunFold.check(RunStarted.newBuilder().setRunId("é".repeat(101)).build()))
        .isPresent();
    assertThat(RunFold.check(RunStarted.newBuilder().setRunId("é".repeat(100)).build())).isEmpty();
    assertThat(RunFold.check(RunStarted.getDefaultInstance())).isPresent();
  }

  @Test
  void ledger_brokenFromAStepOn_isALossOfScaleInvariance() {
    Folded folded = new Folded("float64");
    for (StepObserved step : new SyntheticRun("run").steps(400)) {
      // a relative 1e-6 per step, as of a loss with ⟨w, ∇L⟩ ≠ 0
      double drift = Math.pow(1 + 1e-6, (double) Math.max(0, step.getStep() - 199));
      folded.step(
          step.toBuilder().setWeightNormSquared(step.getWeightNormSquared() * drift).build());
    }
    folded.end(399, RunStatus.RUN_STATUS_COMPLETED);
    RegimeChanged stable = folded.change(Regime.REGIME_STABLE);
    assertThat(stable.hasScaleInvarianceLostAtStep()).isFalse();
    RegimeChanged edge = folded.change(Regime.REGIME_EDGE);
    assertThat(edge.getScaleInvarianceLostAtStep()).isEqualTo(200);
    assertThat(edge.getEvidence().getSentence())
        .contains("not scale-invariant since step 200 (norm ledger off by 1.");
    assertThat(folded.state().scaleInvariance()).isEqualTo(ScaleInvariance.LOST);
  }

  @Test
  void start_ofARunThatIsNotScaleInvariant_saysSoFromTheFirstVerdictOn() {
    Folded folded = new Folded(RunStarted.newBuilder().setScaleInvariantDimension(0));
    new SyntheticRun("run").steps(40).forEach(folded::step);
    RegimeChanged stable = folded.change(Regime.REGIME_STABLE);
    assertThat(stable.hasScaleInvarianceLostAtStep()).isTrue();
    assertThat(stable.getScaleInvarianceLostAtStep()).isZero();
    assertThat(stable.getEvidence().getSentence()).endsWith("; the loss is not scale-invariant");
  }

  @Test
  void ledger_alteredStep_isNamedInEvidence() {
    for (StepObserved step : new SyntheticRun("run").steps(400)) {
      double altered = step.getStep() == 200 ? 1.001 : 1;
      run.step(
          step.toBuilder().setWeightNormSquared(step.getWeightNormSquared() * altered).build());
    }
    RegimeChanged edge = run.change(Regime.REGIME_EDGE);
    assertThat(edge.getEvidence().getSentence()).contains("norm ledger last broke at step 201");
    assertThat(edge.hasScaleInvarianceLostAtStep()).isFalse();
  }
}
