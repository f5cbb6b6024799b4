package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The largest entry of each window. Its derivatives are those of the choice that forward made:
 * where two entries are equal there are none.
 */
final class MaxPoolLayer implements Layer {
  private final Kernels kernels;
  private final Pooling shape;
  private final Tensor output;
  private final Tensor chosen;
  private final Tensor outputAdjoint;
  private final Tensor outputTangent;

  MaxPoolLayer(Kernels kernels, Pooling shape, int examples) {
    this.kernels = kernels;
    this.shape = shape;
    output = kernels.allocate(examples, Pools.outputs(shape));
    chosen = kernels.allocate(examples, Pools.outputs(shape));
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
    kernels.maxPool(shape, input, chosen, output);
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return outputAdjoint;
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    if (inputAdjoint != null) {
      kernels.unpoolChosen(shape, chosen, outputAdjoint, inputAdjoint);
    }
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    if (inputTangent == null) {
      return null;
    }
    kernels.poolChosen(shape, chosen, inputTangent, outputTangent);
    return outputTangent;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    if (inputAdjointTangent != null) {
      kernels.unpoolChosen(shape, chosen, outputAdjointTangent, inputAdjointTangent);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    kernels.maxPool(shape, input, chosen.view(0, input.rows(), outputs()), output);
  }
}
