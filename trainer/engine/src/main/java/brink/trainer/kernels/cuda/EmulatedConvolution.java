package brink.trainer.kernels.cuda;

/**
 * Convolutions in bf16x9, which cuDNN does not have: products of patches, which cuBLAS emulates,
 * where there are many filters, and cuDNN in float32 where there are few. Both are as accurate.
 */
final class EmulatedConvolution implements CudaConvolution {
  /**
   * Patches of P entries cost 8·P bytes of traffic at every position, their product with F filters
   * 2·P·F operations. By arithmetic for 8 TB/s, 75 TFLOPS in float32 and 250 (2 250 in bfloat16
   * over nine) emulated, patches are as fast with 53 filters, and 1.7 times as fast with these.
   */
  static final int MANY_FILTERS = 128;

  private final CudaConvolution patches;
  private final CudaConvolution dnn;

  EmulatedConvolution(CudaConvolution patches, CudaConvolution dnn) {
    this.patches = patches;
    this.dnn = dnn;
  }

  @Override
  public void forward(
      ConvolutionSize size, CudaTensor weights, CudaTensor input, double beta, CudaTensor output) {
    of(size).forward(size, weights, input, beta, output);
  }

  @Override
  public void weightAdjoint(
      ConvolutionSize size,
      CudaTensor input,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor weightAdjoint) {
    of(size).weightAdjoint(size, input, outputAdjoint, beta, weightAdjoint);
  }

  @Override
  public void inputAdjoint(
      ConvolutionSize size,
      CudaTensor weights,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor inputAdjoint) {
    of(size).inputAdjoint(size, weights, outputAdjoint, beta, inputAdjoint);
  }

  private CudaConvolution of(ConvolutionSize size) {
    return size.shape().filters() < MANY_FILTERS ? dnn : patches;
  }
}
