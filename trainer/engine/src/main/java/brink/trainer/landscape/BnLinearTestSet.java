package brink.trainer.landscape;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** Examples that were not trained on, for {@link BnLinear}. */
final class BnLinearTestSet {
  private final Kernels kernels;
  private final Tensor inputs;
  private final Tensor targets;
  private final Tensor outputs;

  /**
   * @param x m×d inputs, row-major, minus the training set's column means
   * @param y m targets
   */
  BnLinearTestSet(Kernels kernels, double[] x, double[] y) {
    this.kernels = kernels;
    inputs = kernels.allocate(y.length, x.length / y.length);
    inputs.set(x);
    targets = kernels.allocate(1, y.length);
    targets.set(y);
    outputs = kernels.allocate(1, y.length);
  }

  /**
   * Half the mean squared error.
   *
   * @param standardDeviation of Xw over the training set
   */
  double loss(Tensor w, double standardDeviation) {
    kernels.gemm(false, true, 1 / standardDeviation, w, inputs, 0, outputs);
    kernels.axpy(-1, targets, outputs);
    return kernels.dot(outputs, outputs) / (2 * outputs.length());
  }
}
