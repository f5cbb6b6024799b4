package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is emulated, on a device that offers it; the numbers alone would not show it. */
class Bf16x9Test {
  @AfterEach
  void restore() {
    Emulation.reset();
  }

  private static long emulated(Runnable work) {
    long before = Emulation.bf16x9Products();
    work.run();
    return Emulation.bf16x9Products() - before;
  }

  private static void multiply(Kernels kernels) {
    Tensor one = kernels.allocate(1, 1);
    kernels.gemm(false, false, 1, one, one, 0, kernels.allocate(1, 1));
  }

  @Test
  void gemm_inBf16x9_isEmulated() {
    try (Kernels kernels = Emulation.bf16x9()) {
      assertThat(emulated(() -> multiply(kernels))).isOne();
    }
  }

  @Test
  void gemm_inFloat32OnTheSameDevice_isNot() {
    Emulation.setCapability(10, 0);
    try (Kernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32)) {
      assertThat(emulated(() -> multiply(kernels))).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"127, 0", "128, 3"})
  void convolutions_ofManyFilters_areEmulated(int filters, int expected) {
    Convolution shape = new Convolution(4, 4, 2, filters, 3, 1, 1);
    try (Kernels kernels = Emulation.bf16x9()) {
      Tensor w = kernels.allocate(filters, shape.patch());
      Tensor x = kernels.allocate(1, 4 * 4 * 2);
      Tensor y = kernels.allocate(4 * 4, filters);

      long count =
          emulated(
              () -> {
                kernels.convolve(shape, w, x, 0, y);
                kernels.convolveWeightAdjoint(shape, x, y, 0, w);
                kernels.convolveInputAdjoint(shape, w, y, 0, x);
              });

      assertThat(count).isEqualTo(expected);
    }
  }
}
