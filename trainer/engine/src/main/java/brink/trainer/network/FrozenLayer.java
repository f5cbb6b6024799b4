package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A linear map whose weights stay as they were drawn, so that they are no weights of the network.
 */
final class FrozenLayer implements Layer {
  private final LinearMap map;
  private final Tensor frozen;
  private final Tensor output;
  private final Tensor outputAdjoint;
  private final Tensor outputTangent;

  /**
   * A layer for a batch.
   *
   * @param frozen weights of the map; owned by the layer
   */
  FrozenLayer(Kernels kernels, LinearMap map, Tensor frozen, int examples) {
    this.map = map;
    this.frozen = frozen;
    output = kernels.allocate(examples, map.outputs());
    outputAdjoint = kernels.allocate(examples, map.outputs());
    outputTangent = kernels.allocate(examples, map.outputs());
  }

  @Override
  public int inputs() {
    return map.inputs();
  }

  @Override
  public int outputs() {
    return map.outputs();
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    map.product(frozen, input, output, false);
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return outputAdjoint;
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    if (inputAdjoint != null) {
      map.inputAdjoint(frozen, outputAdjoint, inputAdjoint, false);
    }
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    if (inputTangent == null) {
      return null;
    }
    map.product(frozen, inputTangent, outputTangent, false);
    return outputTangent;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    if (inputAdjointTangent != null) {
      map.inputAdjoint(frozen, outputAdjointTangent, inputAdjointTangent, false);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    map.product(frozen, input, output, false);
  }
}
