package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same seed and number of threads give the same bits, also where threads share the work. */
final class DeterminismTest {
  // large enough for every kind of loop to be cut into parts
  private static final int EXAMPLES = 2_000;
  private static final int INPUTS = 60;

  private static List<double[]> derivatives(Precision precision) {
    List<double[]> found = new ArrayList<>();
    try (Kernels kernels = new CpuKernels(precision, 3)) {
      double[] targets = new double[EXAMPLES * 3];
      for (int i = 0; i < EXAMPLES; i++) {
        targets[3 * i + i % 3] = 1;
      }
      double[] inputs = Initialization.normal(1, EXAMPLES * INPUTS, 1);
      Mlp mlp = Mlp.batchNormalized(List.of(40, 30), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
      NetworkLandscape landscape =
          mlp.landscape(
              kernels, Examples.of(kernels, EXAMPLES, INPUTS, inputs, 3, targets), null, 1);
      Tensor weights = kernels.allocate(1, landscape.dimension());
      weights.set(mlp.initialWeights(INPUTS, 1));
      Tensor v = kernels.allocate(1, landscape.dimension());
      v.set(mlp.initialWeights(INPUTS, 2));
      Tensor product = kernels.allocate(1, landscape.dimension());
      for (int repetition = 0; repetition < 5; repetition++) {
        Linearization here = landscape.linearize(weights);
        here.hessianVectorProduct(v, product);
        found.add(new double[] {here.loss()});
        found.add(here.gradient().get());
        found.add(product.get());
      }
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void derivatives_onThreeThreads_repeatBitForBit(Precision precision) {
    List<double[]> first = derivatives(precision);
    List<double[]> second = derivatives(precision);

    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).containsExactly(first.get(i));
      assertThat(first.get(i)).containsExactly(first.get(i % 3));
    }
  }
}
