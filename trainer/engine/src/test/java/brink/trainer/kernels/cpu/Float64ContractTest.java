package brink.trainer.kernels.cpu;

import brink.trainer.kernels.AllContracts;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import org.junit.jupiter.api.AfterEach;

final class Float64ContractTest implements AllContracts {
  private final CpuKernels kernels = new CpuKernels(Precision.FLOAT64, 2);

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @AfterEach
  void close() {
    kernels.close();
  }
}
