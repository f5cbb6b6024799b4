package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Tensor;
import java.util.List;

/**
 * A layer's normalization after its forward pass, which is undefined without ε where numbers that
 * are normalized together are all the same.
 *
 * @param layer its name
 */
record NormalizedUnits(String layer, Normalization state) {
  /**
   * Refuses a forward pass with such numbers. Weights that are not finite pass: their loss is not
   * finite, and that is divergence.
   *
   * @param layers after their forward pass at the weights, from the input on
   * @throws ArithmeticException naming layer and unit
   */
  static void refuseConstant(Kernels kernels, List<NormalizedUnits> layers, Tensor weights) {
    for (NormalizedUnits layer : layers) {
      Tensor inverse = layer.state().inverseDeviation();
      if (Double.isNaN(kernels.dot(inverse, inverse)) && finite(kernels, weights)) {
        throw new ArithmeticException(layer.message(firstNaN(inverse.get())));
      }
    }
  }

  private String message(int set) {
    return switch (state.statistics()) {
      case Normalization.Statistics.Batch _ ->
          "layer %s, unit %d: its input is the same for all %d examples, and batch normalization without ε divides by their deviation; drop constant inputs, use another seed or more examples, or set ε > 0"
              .formatted(layer, set, state.output().rows());
      case Normalization.Statistics.Group(int _, int groups) ->
          "layer %s, example %d: all units of group %d are the same, and normalization without ε divides by their deviation; use more units, another seed, or set ε > 0"
              .formatted(layer, set / groups, set % groups);
    };
  }

  private static boolean finite(Kernels kernels, Tensor weights) {
    return Double.isFinite(kernels.dot(weights, weights));
  }

  private static int firstNaN(double[] values) {
    int set = 0;
    while (!Double.isNaN(values[set])) {
      set++;
    }
    return set;
  }
}
