package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.List;

/** Finds units that batch normalization without ε is undefined for. */
final class ConstantUnits {
  private ConstantUnits() {}

  /**
   * Refuses a forward pass in which a unit is the same for all examples. Weights that are not
   * finite pass: their loss is not finite, and that is divergence.
   *
   * @param layers after their forward pass at the weights
   * @throws ArithmeticException naming layer and unit
   */
  static void refuse(Kernels kernels, List<NormalizedLayer> layers, Tensor weights) {
    for (NormalizedLayer layer : layers) {
      Tensor inverse = layer.state().inverseDeviation();
      if (Double.isNaN(kernels.dot(inverse, inverse)) && finite(kernels, weights)) {
        throw new ArithmeticException(
            "layer %s, unit %d: its input is the same for all %d examples, and batch normalization without ε divides by their deviation; drop constant inputs, use another seed or more examples, or set ε > 0"
                .formatted(
                    layer.block().name(), firstNaN(inverse.get()), layer.state().output().rows()));
      }
    }
  }

  private static boolean finite(Kernels kernels, Tensor weights) {
    return Double.isFinite(kernels.dot(weights, weights));
  }

  private static int firstNaN(double[] values) {
    int unit = 0;
    while (!Double.isNaN(values[unit])) {
      unit++;
    }
    return unit;
  }
}
