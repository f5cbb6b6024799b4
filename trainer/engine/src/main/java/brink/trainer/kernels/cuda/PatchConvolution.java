package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Convolution;

/**
 * Convolutions as cuBLAS products of patches and filters, some examples at a time: for float64, and
 * where there is no cuDNN or it has no deterministic algorithm.
 */
final class PatchConvolution implements CudaConvolution {
  // Products of so many rows run at full speed; a small part of every device's memory.
  private static final long PATCH_BYTES = 256 << 20;

  private final Launcher launcher;
  private final CuBlas blas;
  private final DeviceScratch scratch;

  PatchConvolution(Launcher launcher, CuBlas blas, DeviceScratch scratch) {
    this.launcher = launcher;
    this.blas = blas;
    this.scratch = scratch;
  }

  @Override
  public void forward(
      ConvolutionSize size, CudaTensor weights, CudaTensor input, double beta, CudaTensor output) {
    Convolution shape = size.shape();
    size.each(
        examplesAtOnce(size, input),
        (first, count) ->
            blas.multiply(
                false,
                true,
                count * size.positions(),
                shape.filters(),
                shape.patch(),
                1,
                patches(size, input, first, count),
                weights.address(),
                beta,
                output.from(first * size.outputs())));
  }

  @Override
  public void weightAdjoint(
      ConvolutionSize size,
      CudaTensor input,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor weightAdjoint) {
    Convolution shape = size.shape();
    size.each(
        examplesAtOnce(size, input),
        (first, count) ->
            blas.multiply(
                true,
                false,
                shape.filters(),
                shape.patch(),
                count * size.positions(),
                1,
                outputAdjoint.from(first * size.outputs()),
                patches(size, input, first, count),
                first == 0 ? beta : 1,
                weightAdjoint.address()));
  }

  @Override
  public void inputAdjoint(
      ConvolutionSize size,
      CudaTensor weights,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor inputAdjoint) {
    Convolution shape = size.shape();
    size.each(
        examplesAtOnce(size, inputAdjoint),
        (first, count) -> {
          boolean plain = isPlain(shape);
          long target =
              plain ? inputAdjoint.from(first * size.inputs()) : room(size, inputAdjoint, count);
          blas.multiply(
              false,
              false,
              count * size.positions(),
              shape.patch(),
              shape.filters(),
              1,
              outputAdjoint.from(first * size.outputs()),
              weights.address(),
              plain ? beta : 0,
              target);
          if (!plain) {
            scatter(size, count, target, beta, inputAdjoint.from(first * size.inputs()));
          }
        });
  }

  /** Whether the patches are the images themselves. */
  private static boolean isPlain(Convolution shape) {
    return shape.kernel() == 1 && shape.stride() == 1;
  }

  private static long examplesAtOnce(ConvolutionSize size, CudaTensor numbers) {
    return PATCH_BYTES / (patchEntries(size, 1) * numbers.precision().bytes());
  }

  private static long patchEntries(ConvolutionSize size, int examples) {
    return (long) examples * size.positions() * size.shape().patch();
  }

  private long room(ConvolutionSize size, CudaTensor numbers, int count) {
    return scratch.bytes(
        DeviceScratch.Use.PATCHES, patchEntries(size, count) * numbers.precision().bytes());
  }

  private long patches(ConvolutionSize size, CudaTensor input, int first, int count) {
    long images = input.from(first * size.inputs());
    Convolution shape = size.shape();
    if (isPlain(shape)) {
      return images;
    }
    long patches = room(size, input, count);
    int positions = count * size.positions();
    launcher.launch(
        "gather_patches",
        Grid.rows(shape.patch(), positions),
        positions,
        shape.height(),
        shape.width(),
        shape.channels(),
        shape.kernel(),
        shape.stride(),
        shape.padding(),
        shape.outputHeight(),
        shape.outputWidth(),
        images,
        patches);
    return patches;
  }

  private void scatter(ConvolutionSize size, int count, long patches, double beta, long images) {
    Convolution shape = size.shape();
    int pixels = count * shape.height() * shape.width();
    launcher.launch(
        "scatter_patches",
        Grid.rows(shape.channels(), pixels),
        pixels,
        shape.height(),
        shape.width(),
        shape.channels(),
        shape.kernel(),
        shape.stride(),
        shape.padding(),
        shape.outputHeight(),
        shape.outputWidth(),
        patches,
        beta,
        images);
  }
}
