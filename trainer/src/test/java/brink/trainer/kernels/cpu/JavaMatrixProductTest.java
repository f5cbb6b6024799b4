package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.VectorContract;
import org.junit.jupiter.api.AfterEach;

class JavaMatrixProductTest implements VectorContract {
  private final CpuKernels kernels = new CpuKernels(1, new JavaMatrixProduct());

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public double unitRoundoff() {
    return 0x1p-53;
  }

  @AfterEach
  void close() {
    kernels.close();
  }
}
