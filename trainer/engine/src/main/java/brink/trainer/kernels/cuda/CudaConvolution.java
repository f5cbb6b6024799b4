package brink.trainer.kernels.cuda;

/** The three products of a convolution; tensors and β are as in the kernels' interface. */
interface CudaConvolution {
  void forward(
      ConvolutionSize size, CudaTensor weights, CudaTensor input, double beta, CudaTensor output);

  void weightAdjoint(
      ConvolutionSize size,
      CudaTensor input,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor weightAdjoint);

  void inputAdjoint(
      ConvolutionSize size,
      CudaTensor weights,
      CudaTensor outputAdjoint,
      double beta,
      CudaTensor inputAdjoint);
}
