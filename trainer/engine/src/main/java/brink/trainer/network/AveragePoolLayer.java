package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/** The mean of each window. */
final class AveragePoolLayer implements Layer {
  private final Kernels kernels;
  private final Pooling shape;
  private final Tensor output;
  private final Tensor outputAdjoint;
  private final Tensor outputTangent;

  AveragePoolLayer(Kernels kernels, Pooling shape, int examples) {
    this.kernels = kernels;
    this.shape = shape;
    output = kernels.allocate(examples, Pools.outputs(shape));
    outputAdjoint = kernels.allocate(examples, Pools.outputs(shape));
    outputTangent = kernels.allocate(examples, Pools.outputs(shape));
  }

  @Override
  public int inputs() {
    return Pools.inputs(shape);
  }

  @Override
  public int outputs() {
    return Pools.outputs(shape);
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    kernels.averagePool(shape, input, output);
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return outputAdjoint;
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    if (inputAdjoint != null) {
      kernels.averageUnpool(shape, outputAdjoint, inputAdjoint);
    }
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    if (inputTangent == null) {
      return null;
    }
    kernels.averagePool(shape, inputTangent, outputTangent);
    return outputTangent;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    if (inputAdjointTangent != null) {
      kernels.averageUnpool(shape, outputAdjointTangent, inputAdjointTangent);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    kernels.averagePool(shape, input, output);
  }
}
