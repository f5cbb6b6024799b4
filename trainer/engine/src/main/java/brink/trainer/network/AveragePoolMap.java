package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Tensor;

/** The mean of each window. */
record AveragePoolMap(Kernels kernels, Pooling shape) implements UntrainedMap {
  @Override
  public int inputs() {
    return Pools.inputs(shape);
  }

  @Override
  public int outputs() {
    return Pools.outputs(shape);
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    kernels.averagePool(shape, input, output);
  }

  @Override
  public void tangent(Tensor inputTangent, Tensor outputTangent) {
    kernels.averagePool(shape, inputTangent, outputTangent);
  }

  @Override
  public void adjoint(Tensor outputAdjoint, Tensor inputAdjoint) {
    kernels.averageUnpool(shape, outputAdjoint, inputAdjoint);
  }
}
