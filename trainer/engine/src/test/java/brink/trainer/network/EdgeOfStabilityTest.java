package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Split;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A normalized network under gradient descent with weight decay reaches the edge and stays there.
 */
class EdgeOfStabilityTest {
  private static final Hyperparameters PARAMETERS = new Hyperparameters(0.1, 1e-2);
  private static final int STEPS = 1500;

  @Test
  void descent_ofSmallNetwork_reachesTheEdgeAndStays() {
    List<Double> ratios = new ArrayList<>();
    try (Kernels kernels = new CpuKernels(1)) {
      descent(kernels).run(step -> ratios.add(stabilityRatio(step)), () -> false);
    }

    // stable from after the first collapse of sharpness until weight decay has done its work
    assertThat(ratios.subList(100, 300)).allMatch(ratio -> ratio < 1);
    // offset and oscillation of order √η_in = 0.03, times a few in deep nets
    double average =
        ratios.subList(1000, STEPS).stream().mapToDouble(Double::doubleValue).average().orElse(0);
    assertThat(average).isBetween(0.85, 1.15);
  }

  private static GradientDescent descent(Kernels kernels) {
    DataSource source = DataSource.parse("synthetic:teacher?n=200&d=10&classes=4&noise=0");
    Split split = source.load(DataOptions.DEFAULT.withSeed(1));
    Examples train = Examples.of(kernels, split.train());
    Mlp mlp = Mlp.batchNormalized(List.of(16, 16), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    NetworkLandscape landscape = mlp.landscape(kernels, train, null, 1);
    Tensor weights = kernels.allocate(1, landscape.dimension());
    weights.set(mlp.initialWeights(split.train().dimension(), 1));
    return new GradientDescent(
        landscape, weights, DescentSettings.of(PARAMETERS, STEPS), System::nanoTime);
  }

  /** s = η̃·λ₁/2 at the midpoint. */
  private static double stabilityRatio(StepRecord step) {
    double effectiveLearningRate =
        step.learningRate() / ((1 - PARAMETERS.intrinsicLearningRate()) * step.weightNormSquared());
    return effectiveLearningRate * step.sharpness().getFirst().largest() / 2;
  }
}
