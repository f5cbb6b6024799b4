package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentMemory;
import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a descent allocates, and that it allocates nothing once it runs. */
final class DescentMemoryTest {
  private static final int EXAMPLES = 40;
  private static final int INPUTS = 60;

  @ParameterizedTest
  @CsvSource({"NONE, 0, 0", "MIDPOINT, 0, 5", "ITERATE, 1, 0", "BOTH, 1, 1"})
  void vectors_anySettings_areWhatADescentAllocates(
      CurvaturePoints points, int directEvery, int planeEvery) {
    try (CpuKernels cpu = new CpuKernels(1)) {
      CountingKernels kernels = new CountingKernels(cpu);
      double[] targets = new double[EXAMPLES * 2];
      for (int i = 0; i < EXAMPLES; i++) {
        targets[2 * i + i % 2] = 1;
      }
      double[] inputs = Initialization.normal(1, EXAMPLES * INPUTS, 1);
      Mlp mlp = Mlp.batchNormalized(List.of(30), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
      NetworkLandscape landscape =
          mlp.landscape(
              kernels, Examples.of(kernels, EXAMPLES, INPUTS, inputs, 2, targets), null, 1);
      long before = kernels.allocated();
      Tensor start = kernels.allocate(1, landscape.dimension());
      start.set(mlp.initialWeights(INPUTS, 1));
      DescentSettings settings =
          DescentSettings.of(new Hyperparameters(0.1, 1e-3), 20)
              .withCurvature(points, points == CurvaturePoints.NONE ? 0 : 1)
              .withLogSharpnessGradientEvery(directEvery)
              .withLayersEvery(1)
              .withPlaneEvery(planeEvery);
      long[] atSteps = new long[20];

      new GradientDescent(landscape, start, settings, () -> 0)
          .run(record -> atSteps[(int) record.step()] = kernels.allocated(), () -> false);

      long vectors = (atSteps[19] - before) / landscape.dimension();
      assertThat(vectors)
          .isEqualTo(
              DescentMemory.vectors(
                  points,
                  new DirectCadence.Every(directEvery),
                  planeEvery > 0,
                  true,
                  SharpnessSettings.DEFAULT));
      assertThat(atSteps[19]).isEqualTo(atSteps[2]);
    }
  }
}
