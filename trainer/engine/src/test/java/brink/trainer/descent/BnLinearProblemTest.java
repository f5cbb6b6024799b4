package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BnLinearProblemTest {
  private static final int EVERY = 20;

  /** One measured step. */
  private record Sample(long step, double stability, double sharpness, double testLoss) {}

  private static Sample sample(StepRecord record) {
    double rate =
        SphereGeometry.effectiveLearningRate(
            record.learningRate(), record.weightDecay(), record.weightNormSquared());
    double sharpness = record.sharpness().getFirst().largest();
    return new Sample(
        record.step(),
        SphereGeometry.stabilityRatio(rate, sharpness),
        sharpness,
        Objects.requireNonNull(Objects.requireNonNull(record.scores()).testLoss()));
  }

  private static List<Sample> run(long seed) {
    List<Sample> samples = new ArrayList<>();
    try (Kernels kernels = new CpuKernels(1)) {
      Problem problem = SyntheticProblem.of(kernels, seed);
      assertThat(problem.scaleInvarianceError()).isLessThan(1e-14);
      DescentSettings settings =
          DescentSettings.of(BnLinearProblem.HYPERPARAMETERS, BnLinearProblem.STEPS)
              .withCurvature(CurvaturePoints.MIDPOINT, EVERY)
              .withEvaluateEvery(EVERY);
      new GradientDescent(problem.landscape(), problem.initialWeights(), settings, () -> 0)
          .run(
              record -> {
                if (record.step() % EVERY == 0) {
                  samples.add(sample(record));
                }
              },
              () -> false);
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void synthetic_fourUnitsOfFlowTime_entersFlowsAndSettles(long seed) {
    List<Sample> samples = run(seed);
    Sample onset = samples.stream().filter(s -> s.stability() > 1).findFirst().orElseThrow();
    Sample last = samples.getLast();
    assertThat(onset.step()).isBetween(2_000L, 6_000L);
    assertThat(onset.sharpness() / last.sharpness()).isGreaterThan(2);
    // s − 1 is of the order of √η_in = 0.014
    assertThat(last.stability()).isCloseTo(1, within(0.014));
    assertThat(last.testLoss()).isLessThan(onset.testLoss());
    Sample before = samples.get(samples.size() - 1 - 1_000 / EVERY);
    double rate =
        Math.log(last.sharpness() / before.sharpness())
            / (1_000 * BnLinearProblem.HYPERPARAMETERS.intrinsicLearningRate());
    assertThat(rate).isBetween(-0.05, 0.0);
  }
}
