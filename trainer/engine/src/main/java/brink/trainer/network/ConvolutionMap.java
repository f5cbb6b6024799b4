package brink.trainer.network;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** Convolution of images with filters and no bias: a normalization would subtract it again. */
record ConvolutionMap(Kernels kernels, Convolution shape) implements LinearMap {
  @Override
  public int inputs() {
    return shape.height() * shape.width() * shape.channels();
  }

  @Override
  public int outputs() {
    return shape.outputHeight() * shape.outputWidth() * shape.filters();
  }

  @Override
  public int weightRows() {
    return shape.filters();
  }

  @Override
  public int weightColumns() {
    return shape.patch();
  }

  @Override
  public void product(Tensor weights, Tensor input, Tensor output, boolean add) {
    kernels.convolve(shape, weights, input, add ? 1 : 0, output);
  }

  @Override
  public void weightAdjoint(Tensor input, Tensor outputAdjoint, Tensor weightAdjoint, boolean add) {
    kernels.convolveWeightAdjoint(shape, input, outputAdjoint, add ? 1 : 0, weightAdjoint);
  }

  @Override
  public void inputAdjoint(Tensor weights, Tensor outputAdjoint, Tensor inputAdjoint, boolean add) {
    kernels.convolveInputAdjoint(shape, weights, outputAdjoint, add ? 1 : 0, inputAdjoint);
  }
}
