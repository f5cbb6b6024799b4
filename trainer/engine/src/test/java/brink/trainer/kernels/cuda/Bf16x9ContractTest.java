package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.AllContracts;
import brink.trainer.kernels.Kernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** With the tolerances of float32. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Bf16x9ContractTest implements AllContracts {
  private final CudaKernels kernels = Emulation.bf16x9();

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @AfterAll
  void close_afterAllTests_givesEverythingBack() {
    kernels.close();
    Emulation.reset();
    assertThat(Emulation.objects()).isZero();
  }
}
