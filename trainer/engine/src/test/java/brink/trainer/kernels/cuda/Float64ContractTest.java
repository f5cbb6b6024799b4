package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.AllContracts;
import brink.trainer.kernels.Kernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Float64ContractTest implements AllContracts {
  private final CudaKernels kernels =
      CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT64);

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @AfterAll
  void close_afterAllTests_givesEverythingBack() {
    kernels.close();
    assertThat(Emulation.objects()).isZero();
  }
}
