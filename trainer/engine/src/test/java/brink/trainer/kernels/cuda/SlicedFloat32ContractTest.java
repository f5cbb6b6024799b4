package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.AllContracts;
import brink.trainer.kernels.Kernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** All tensors of more than one row lie in the machine's memory, in slices of some numbers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlicedFloat32ContractTest implements AllContracts {
  private static final long ROOM = 100;

  private final CudaKernels whole = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32);
  private final Kernels kernels = whole.spilling(2, ROOM);

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
