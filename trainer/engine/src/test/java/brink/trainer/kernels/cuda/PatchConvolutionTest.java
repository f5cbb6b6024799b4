package brink.trainer.kernels.cuda;

import brink.trainer.kernels.ConvolutionContract;
import brink.trainer.kernels.Kernels;
import org.junit.jupiter.api.AfterEach;

/** Convolutions in float32 where there is no cuDNN. */
final class PatchConvolutionTest implements ConvolutionContract {
  private final CudaKernels kernels =
      CudaKernels.open(Emulation.withoutDnn(), 0, Arithmetic.FLOAT32);

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @AfterEach
  void close() {
    kernels.close();
  }
}
