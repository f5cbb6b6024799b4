package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.StepObserved;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams without a landscape: s = 1, an exact norm ledger, a cosine of −1, and any λ₁(τ). They
 * pass every identity, and no flow is in them.
 */
final class MadeUpStreamsTest {
  private static final double LEARNING_RATE = 0.5;
  private static final double INTRINSIC = 2e-3;
  private static final int STEPS = 1_200;

  /** λ₁(τ) with a rate within what the ledger allows, d log λ₁/dτ ≥ −2, by a number. */
  private static DoubleUnaryOperator logSharpness(int number) {
    double size = 0.1 + 0.02 * number;
    return switch (number % 5) {
      case 0 -> time -> -size * time;
      case 1 -> time -> 0.2 * size * time;
      case 2 -> time -> 0.1 * Math.sin(2 * Math.PI * time / (1 + size));
      case 3 -> time -> -Math.log(1 + size * time);
      default -> time -> -0.6 * time + 0.05 * Math.sin(7 * time);
    };
  }

  private static Folded fold(DoubleUnaryOperator logarithm, double noise) {
    Folded run = new Folded("float64");
    Random random = new Random(1);
    for (int t = 0; t < STEPS; t++) {
      double norm = norm(logarithm, t);
      double decay = 1 - INTRINSIC;
      double angle = norm(logarithm, t + 1) / (norm * decay * decay) - 1;
      double rate = LEARNING_RATE / (decay * norm);
      StepObserved.Builder step =
          StepObserved.newBuilder()
              .setRunId("run")
              .setStep(t)
              .setLoss(0.1)
              .setWeightNormSquared(norm)
              .setGradientNormSquared(angle / (rate * rate * norm))
              .setLearningRate(LEARNING_RATE)
              .setWeightDecay(INTRINSIC / LEARNING_RATE)
              .setGradientCosine(-1)
              .addSharpness(Records.midpoint(2 / rate * Math.exp(noise * random.nextGaussian())));
      run.step(step.build());
    }
    return run;
  }

  // s = 1 is λ₁ = 2/η̃, so that ‖w‖² is λ₁ but for a factor.
  private static double norm(DoubleUnaryOperator logarithm, int step) {
    return 4 * Math.exp(logarithm.applyAsDouble(INTRINSIC * step));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void fold_anySharpness_isNeverFlowing(double noise) {
    for (int number = 0; number < 50; number++) {
      Folded run = fold(logSharpness(number), noise);
      assertThat(run.regimes())
          .as("stream %s", number)
          .contains(Regime.REGIME_EDGE)
          .doesNotContain(Regime.REGIME_FLOWING);
      assertThat(run.fits)
          .allSatisfy(fit -> assertThat(fit.getTestsCount()).isZero())
          .noneMatch(FlowFitted::hasAgreementPValue)
          .filteredOn(FlowFitted::hasConsistent)
          .isNotEmpty()
          .allMatch(FlowFitted::getConsistent);
    }
  }

  // The crest of a wave of four units of flow time stands still for a tenth, and falls by half.
  @ParameterizedTest
  @ValueSource(doubles = {1.5, 2, 4})
  void fold_slowWave_isNotAtRest(double period) {
    Folded run = fold(time -> 0.3 * Math.sin(2 * Math.PI * time / period), 0);
    assertThat(run.regimes()).contains(Regime.REGIME_EDGE).doesNotContain(Regime.REGIME_SETTLED);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void fold_sharpnessThatRests_isSettledAndClaimsNoFlow(double noise) {
    Folded run = fold(time -> 0.01 * time, noise);
    assertThat(run.change(Regime.REGIME_SETTLED).getEvidence().getSentence())
        .contains("at rest", "claims no flow");
  }
}
