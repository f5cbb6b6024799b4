package brink.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Problem;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.request.RunRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The network that a demo of mlp-bn trains, without Kafka. */
class MlpBnKindTest {
  private static final int STEPS = 2_000;
  private static final int MEASURED = 5;

  @Test
  void defaults_seedOne_reachTheEdgeAndStay() {
    List<Double> ratios = new ArrayList<>();
    List<Double> cosines = new ArrayList<>();
    try (Kernels kernels = new CpuKernels(1)) {
      descent(kernels)
          .run(
              step -> {
                if (!step.sharpness().isEmpty()) {
                  ratios.add(stabilityRatio(step));
                }
                if (step.gradientCosine() != null) {
                  cosines.add(step.gradientCosine());
                }
              },
              () -> false);
    }

    // stable between the first collapse of sharpness and what weight decay brings about
    assertThat(ratios.subList(200 / MEASURED, 400 / MEASURED)).allMatch(ratio -> ratio < 1);
    assertThat(cosines.subList(200, 400)).allMatch(cosine -> cosine > 0);
    // offset of order √η_in = 0.017, times a few in deep nets
    assertThat(mean(ratios.subList(1_500 / MEASURED, STEPS / MEASURED))).isBetween(0.9, 1.1);
    assertThat(mean(cosines.subList(1_500, STEPS - 1))).isLessThan(0);
  }

  private static GradientDescent descent(Kernels kernels) {
    ProblemKind kind = NetworkKind.mlpBn();
    ProblemKind.Defaults defaults = kind.defaults();
    ProblemInput input =
        ProblemInput.of(RunRequest.builder().seed(1).build(), defaults, DataReader.ANEW);
    Problem problem = kind.build(kernels, input);
    DescentSettings settings =
        DescentSettings.of(
                new Hyperparameters(defaults.learningRate(), defaults.weightDecay()), STEPS)
            .withCurvature(CurvaturePoints.MIDPOINT, MEASURED);
    return new GradientDescent(
        problem.landscape(), problem.initialWeights(), settings, System::nanoTime);
  }

  /** s = η̃·λ₁/2. */
  private static double stabilityRatio(StepRecord step) {
    double intrinsic = step.learningRate() * step.weightDecay();
    double effective = step.learningRate() / ((1 - intrinsic) * step.weightNormSquared());
    return effective * step.sharpness().getFirst().largest() / 2;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
