package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Norms of single layers' weights and gradients, which come back from the device together. */
final class LayerNorms {
  private final Kernels kernels;
  private final List<Layer> layers;

  private record Layer(WeightBlock block, Scalar weightsSquared, Scalar gradientSquared) {}

  LayerNorms(Kernels kernels, List<WeightBlock> blocks) {
    this.kernels = kernels;
    layers =
        blocks.stream()
            .map(block -> new Layer(block, kernels.allocateScalar(), kernels.allocateScalar()))
            .toList();
  }

  /**
   * Measures all layers.
   *
   * @param sharpness of layers by name, where it was measured
   */
  List<LayerRecord> measure(Tensor weights, Tensor gradient, Map<String, Double> sharpness) {
    for (Layer layer : layers) {
      square(layer.block.in(weights), layer.weightsSquared);
      square(layer.block.in(gradient), layer.gradientSquared);
    }
    List<LayerRecord> records = new ArrayList<>(layers.size());
    for (Layer layer : layers) {
      String name = layer.block.name();
      double weightsSquared = layer.weightsSquared.get();
      double gradientSquared = layer.gradientSquared.get();
      records.add(new LayerRecord(name, weightsSquared, gradientSquared, sharpness.get(name)));
    }
    return records;
  }

  private void square(Tensor vector, Scalar result) {
    kernels.dot(vector, vector, result);
  }
}
