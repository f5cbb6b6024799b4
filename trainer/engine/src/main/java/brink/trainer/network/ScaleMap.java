package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** z = w∘x with one weight for each channel, at all positions. */
record ScaleMap(Kernels kernels, Shape shape) implements LinearMap {
  @Override
  public int inputs() {
    return shape.features();
  }

  @Override
  public int outputs() {
    return shape.features();
  }

  @Override
  public int weightRows() {
    return 1;
  }

  @Override
  public int weightColumns() {
    return shape.channels();
  }

  @Override
  public void product(Tensor weights, Tensor input, Tensor output, boolean add) {
    kernels.scaleColumns(weights, shape.byPosition(input), add ? 1 : 0, shape.byPosition(output));
  }

  @Override
  public void weightAdjoint(Tensor input, Tensor outputAdjoint, Tensor weightAdjoint, boolean add) {
    kernels.columnDots(
        shape.byPosition(input), shape.byPosition(outputAdjoint), add ? 1 : 0, weightAdjoint);
  }

  @Override
  public void inputAdjoint(Tensor weights, Tensor outputAdjoint, Tensor inputAdjoint, boolean add) {
    product(weights, outputAdjoint, inputAdjoint, add);
  }
}
