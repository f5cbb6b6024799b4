package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Tensor;

/** A convolution of a number of examples, and how many of them go into one step. */
record ConvolutionSize(Convolution shape, int examples) {
  /** Refuses tensors that are no whole examples of a shape. */
  static ConvolutionSize of(Convolution shape, Tensor weights, Tensor input, Tensor output) {
    if (weights.rows() != shape.filters() || weights.columns() != shape.patch()) {
      throw new IllegalArgumentException(
          "weights of %d×%d for %d filters of %d"
              .formatted(weights.rows(), weights.columns(), shape.filters(), shape.patch()));
    }
    ConvolutionSize one = new ConvolutionSize(shape, 1);
    int examples = Math.toIntExact(input.length() / one.inputs());
    if (input.length() != examples * one.inputs() || output.length() != examples * one.outputs()) {
      throw new IllegalArgumentException(
          "cannot convolve " + input + " into " + output + " by " + shape);
    }
    return new ConvolutionSize(shape, examples);
  }

  /** Entries of an input image. */
  long inputs() {
    return (long) shape.height() * shape.width() * shape.channels();
  }

  /** Entries of an output image. */
  long outputs() {
    return (long) positions() * shape.filters();
  }

  /** Pixels of an output image. */
  int positions() {
    return shape.outputHeight() * shape.outputWidth();
  }

  /** What is done with some adjacent examples. */
  @FunctionalInterface
  interface Step {
    void run(int first, int count);
  }

  /** Visits all examples, so many at a time. */
  void each(long most, Step step) {
    int atOnce = Math.clamp(most, 1, examples);
    for (int first = 0; first < examples; first += atOnce) {
      step.run(first, Math.min(atOnce, examples - first));
    }
  }
}
