package brink.trainer.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import org.junit.jupiter.api.Test;

class CpuKernelsTest {
  @Test
  void device_onThisPlatform_usesOpenBlas() {
    try (CpuKernels kernels = new CpuKernels(2)) {
      assertThat(kernels.device()).isEqualTo("cpu (2 threads, OpenBLAS)");
    }
  }

  @Test
  void newKernels_withoutThreads_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CpuKernels(Precision.FLOAT32, 0))
        .withMessageContaining("at least 1");
  }

  @Test
  void tensor_afterClose_isGone() {
    CpuKernels closed = new CpuKernels(1);
    Tensor x = closed.allocate(1, 3);
    Tensor product = closed.allocate(1, 1);
    closed.close();

    assertThatIllegalStateException().isThrownBy(x::get);
    assertThatIllegalStateException()
        .isThrownBy(() -> closed.gemm(false, true, 1, x, x, 0, product));
  }
}
