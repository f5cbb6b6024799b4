package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Pooling;
import java.util.stream.Stream;

/** Pooling of whole examples. */
final class CudaPooling {
  private final Launcher launcher;
  private final Pooling shape;
  private final int image;
  private final int pooled;
  private final int examples;

  CudaPooling(Launcher launcher, Pooling shape, CudaTensor input, CudaTensor output) {
    this.launcher = launcher;
    this.shape = shape;
    image = Math.multiplyExact(shape.height() * shape.width(), shape.channels());
    pooled = shape.outputHeight() * shape.outputWidth() * shape.channels();
    examples = Math.toIntExact(input.length() / image);
    if (input.length() != (long) examples * image || output.length() != (long) examples * pooled) {
      throw new IllegalArgumentException(
          "cannot pool " + input + " into " + output + " by " + shape);
    }
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
