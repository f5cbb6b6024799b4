package brink.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.report.StepDerivation.Derived;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepDerivationTest {
  private static final RunStarted PLAIN = RunStarted.newBuilder().setRunId("run").build();

  private static StepObserved step(long t) {
    return Messages.step(t, SharpnessPoint.SHARPNESS_POINT_MIDPOINT, 1.5).toBuilder()
        .setWeightDecay(0.02)
        .setGradientNormSquared(1)
        .build();
  }

  @Test
  void derived_ofAStep_followsByDefinition() {
    Derived derived = new StepDerivation(PLAIN, List.of()).of(step(0));

    // η = 0.5, η_in = 0.01, ‖w‖² = 0.5, λ₁ = 1.5
    assertThat(derived.effectiveLearningRate()).isEqualTo(0.5 / (0.99 * 0.5));
    assertThat(derived.stabilityRatio()).isEqualTo(0.5 / (0.99 * 0.5) * 1.5 / 2);
    assertThat(derived.edgeSharpness()).isEqualTo(2 / (0.5 / (0.99 * 0.5)));
    assertThat(derived.flowTime()).isEqualTo(0.01);
    assertThat(derived.regime()).isNull();
  }

  @Test
  void derived_withMomentum_hasItsFactors() {
    Derived derived =
        new StepDerivation(PLAIN.toBuilder().setMomentum(0.5).build(), List.of()).of(step(0));

    assertThat(derived.stabilityRatio()).isCloseTo(1.5 / 2 / 1.5 / 0.99, within(1e-12));
    assertThat(derived.edgeSharpness()).isCloseTo(2 * 1.5 * 0.99, within(1e-12));
    assertThat(derived.flowTime()).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void flowTime_overAGap_countsTheMissingStepsAndNoneTwice() {
    StepDerivation run = new StepDerivation(PLAIN, List.of());

    assertThat(run.of(step(0)).flowTime()).isEqualTo(0.01);
    assertThat(run.of(step(4)).flowTime()).isCloseTo(0.05, within(1e-12));
    assertThat(run.of(step(4)).flowTime()).isNull();
    assertThat(run.of(step(3)).flowTime()).isNull();
    assertThat(run.of(step(5)).flowTime()).isCloseTo(0.06, within(1e-12));
  }

  @Test
  void regime_atAStep_isWhatHadBeenSaidByThen() {
    List<RegimeChanged> changes =
        List.of(
            Messages.edge(3).setEpisode(1).build(),
            RegimeChanged.newBuilder()
                .setFrom(Regime.REGIME_EDGE)
                .setTo(Regime.REGIME_ENDED)
                .setDetectedAtStep(4)
                .build());
    StepDerivation run = new StepDerivation(PLAIN, changes);

    assertThat(run.of(step(2)).regime()).isEqualTo(Regime.REGIME_STARTING);
    assertThat(run.of(step(2)).episode()).isNull();
    assertThat(run.of(step(3)).regime()).isEqualTo(Regime.REGIME_EDGE);
    assertThat(run.of(step(4)).regime()).isEqualTo(Regime.REGIME_EDGE);
    assertThat(run.of(step(4)).episode()).isEqualTo(1);
  }

  @Test
  void derived_ofAStepWithoutNorms_isNothing() {
    Derived derived =
        new StepDerivation(PLAIN, List.of())
            .of(StepObserved.newBuilder().setStep(1).setLoss(1).build());

    assertThat(derived).isEqualTo(new Derived(null, null, null, null, null, null));
  }
}
