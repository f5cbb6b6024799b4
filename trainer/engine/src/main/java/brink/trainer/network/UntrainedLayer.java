package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/** A layer that has no weights of the network. */
final class UntrainedLayer implements Layer {
  private final UntrainedMap map;
  private final Tensor output;
  private final Tensor outputAdjoint;
  private final Tensor outputTangent;

  /** A layer for a batch. */
  UntrainedLayer(Kernels kernels, UntrainedMap map, int examples) {
    this.map = map;
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
    map.apply(input, output);
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return outputAdjoint;
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    if (inputAdjoint != null) {
      map.adjoint(outputAdjoint, inputAdjoint);
    }
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    if (inputTangent == null) {
      return null;
    }
    map.tangent(inputTangent, outputTangent);
    return outputTangent;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    if (inputAdjointTangent != null) {
      map.adjoint(outputAdjointTangent, inputAdjointTangent);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    map.apply(input, output);
  }
}
