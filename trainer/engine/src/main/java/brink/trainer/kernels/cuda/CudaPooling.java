package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Tensor;
import java.util.stream.Stream;

/** Pooling of whole examples. */
final class CudaPooling {
  private final Launcher launcher;
  private final Pooling shape;
  private final int image;
  private final int pooled;
  private final int examples;

  CudaPooling(Launcher launcher, Pooling shape, Tensor input, Tensor output) {
    this.launcher = launcher;
    this.shape = shape;
    image = image(shape);
    pooled = pooled(shape);
    examples = examples(shape, input, output);
  }

  /** Entries of an input image. */
  static int image(Pooling shape) {
    return Math.multiplyExact(shape.height() * shape.width(), shape.channels());
  }

  /** Entries of an output image. */
  static int pooled(Pooling shape) {
    return shape.outputHeight() * shape.outputWidth() * shape.channels();
  }

  /** Number of images; refuses tensors that are no whole ones of a shape. */
  static int examples(Pooling shape, Tensor input, Tensor output) {
    int examples = Math.toIntExact(input.length() / image(shape));
    if (input.length() != (long) examples * image(shape)
        || output.length() != (long) examples * pooled(shape)) {
      throw new IllegalArgumentException(
          "cannot pool " + input + " into " + output + " by " + shape);
    }
    return examples;
  }

  /** Starts a kernel with a thread for each output entry of an example. */
  void pool(String kernel, Object... tensors) {
    launch(kernel, pooled, tensors);
  }

  /** Starts a kernel with a thread for each input entry of an example. */
  void unpool(String kernel, Object... tensors) {
    launch(kernel, image, tensors);
  }

  private void launch(String kernel, int entries, Object... tensors) {
    Stream<Object> size =
        Stream.of(
            examples,
            shape.height(),
            shape.width(),
            shape.channels(),
            shape.windowHeight(),
            shape.windowWidth(),
            shape.stride());
    launcher.launch(
        kernel, Grid.images(entries, examples), Stream.concat(size, Stream.of(tensors)).toArray());
  }
}
