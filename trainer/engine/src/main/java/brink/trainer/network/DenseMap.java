package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** z = x·Wᵀ with W outputs×inputs and no bias: a normalization would subtract it again. */
record DenseMap(Kernels kernels, int inputs, int outputs) implements LinearMap {
  @Override
  public int weightRows() {
    return outputs;
  }

  @Override
  public int weightColumns() {
    return inputs;
  }

  @Override
  public void product(Tensor weights, Tensor input, Tensor output, boolean add) {
    kernels.gemm(false, true, 1, input, weights, add ? 1 : 0, output);
  }

  @Override
  public void weightAdjoint(Tensor input, Tensor outputAdjoint, Tensor weightAdjoint, boolean add) {
    kernels.gemm(true, false, 1, outputAdjoint, input, add ? 1 : 0, weightAdjoint);
  }

  @Override
  public void inputAdjoint(Tensor weights, Tensor outputAdjoint, Tensor inputAdjoint, boolean add) {
    kernels.gemm(false, false, 1, outputAdjoint, weights, add ? 1 : 0, inputAdjoint);
  }
}
