package brink.trainer.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.LossContract;
import brink.trainer.kernels.NormalizationContract;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.VectorContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CpuKernelsTest implements VectorContract, NormalizationContract, LossContract {
  private final CpuKernels kernels = new CpuKernels(2);

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

  @Test
  void device_onThisPlatform_usesOpenBlas() {
    assertThat(kernels.device()).isEqualTo("cpu (2 threads, OpenBLAS)");
  }

  @Test
  void newKernels_withoutThreads_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CpuKernels(0))
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
