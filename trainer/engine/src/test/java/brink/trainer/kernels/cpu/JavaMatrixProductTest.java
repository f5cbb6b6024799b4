package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.VectorContract;
import org.junit.jupiter.api.AfterEach;

final class JavaMatrixProductTest implements VectorContract {
  private final CpuKernels kernels = new CpuKernels(Precision.FLOAT64, 1, new JavaMatrixProduct());

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @AfterEach
  void close() {
    kernels.close();
  }
}
