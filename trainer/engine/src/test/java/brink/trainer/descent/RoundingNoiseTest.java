package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Landscape;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoundingNoiseTest {
  private static Landscape perceptron(Kernels kernels) {
    var data = DataSource.parse("synthetic:teacher?n=100&d=10&classes=4&noise=0&test=50");
    var split = data.load(DataOptions.DEFAULT.withSeed(1));
    Mlp mlp = Mlp.batchNormalized(List.of(8, 8), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    return mlp.landscape(kernels, Examples.of(kernels, split.train()), null, 1);
  }

  private static double[] weights(long seed) {
    // what float32 holds, so that both precisions start from the same
    double[] weights = Initialization.normal(seed, 10 * 8 + 8 * 8, 1);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) weights[i];
    }
    return weights;
  }

  @Test
  void measure_inSinglePrecision_isTheErrorThatDoublePrecisionSees() {
    try (Kernels single = new CpuKernels(Precision.FLOAT32, 1);
        Kernels twice = new CpuKernels(Precision.FLOAT64, 1)) {
      Landscape rounded = perceptron(single);
      Landscape exact = perceptron(twice);
      double noise = 0;
      double error = 0;
      for (long seed = 1; seed <= 10; seed++) {
        Tensor w = single.allocate(1, rounded.dimension());
        w.set(weights(seed));
        Tensor gradient = single.allocate(1, rounded.dimension());
        single.copy(rounded.linearize(w).gradient(), gradient);
        noise += new RoundingNoise(rounded).measure(w, gradient);
        Tensor same = twice.allocate(1, exact.dimension());
        same.set(weights(seed));
        double[] truth = exact.linearize(same).gradient().get();
        double[] found = gradient.get();
        for (int i = 0; i < truth.length; i++) {
          error += (found[i] - truth[i]) * (found[i] - truth[i]);
        }
      }
      // the scaled weights are rounded too, and data once for both; a factor of two in length
      assertThat(noise / error).isBetween(0.25, 4.0);
    }
  }

  @Test
  void measure_whereTrainingHasConverged_isWhatIsLeftOfTheGradient() {
    try (Kernels kernels = new CpuKernels(1)) {
      Problem problem = SyntheticProblem.of(kernels, 1);
      // the loss has converged to rounding, and the edge is far
      DescentSettings settings =
          DescentSettings.of(new Hyperparameters(0.5, 4e-4), 1_501)
              .withCurvature(CurvaturePoints.NONE, 0);
      StepRecord[] last = new StepRecord[1];
      var _ =
          new GradientDescent(problem.landscape(), problem.initialWeights(), settings, () -> 0)
              .run(record -> last[0] = record, () -> false);
      double noise = Objects.requireNonNull(last[0].gradientNoiseSquared());
      assertThat(last[0].gradientNormSquared()).isLessThan(1e-25);
      assertThat(last[0].gradientNormSquared() / noise).isBetween(0.05, 20.0);
    }
  }

  @Test
  void run_onItsCadence_measuresTheNoise() {
    try (Kernels kernels = new CpuKernels(1)) {
      Problem problem = SyntheticProblem.of(kernels, 1);
      DescentSettings settings =
          DescentSettings.of(new Hyperparameters(0.5, 0.02), RoundingNoise.EVERY + 1)
              .withCurvature(CurvaturePoints.NONE, 0);
      var _ =
          new GradientDescent(problem.landscape(), problem.initialWeights(), settings, () -> 0)
              .run(
                  record ->
                      assertThat(record.gradientNoiseSquared() != null)
                          .isEqualTo(record.step() % RoundingNoise.EVERY == 0),
                  () -> false);
    }
  }
}
