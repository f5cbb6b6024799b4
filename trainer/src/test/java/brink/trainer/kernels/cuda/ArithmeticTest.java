package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithmeticTest {
  /** Half a unit in the last place of ten bits of mantissa is 2⁻¹¹, of 23 bits 2⁻²⁴. */
  @ParameterizedTest
  @CsvSource({"FLOAT64, 0x1p-40", "FLOAT32, 0x1p-20", "TF32, 0"})
  void gemm_inEachArithmetic_roundsItsFactors(Arithmetic arithmetic, double kept) {
    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, arithmetic)) {
      double bit = kept == 0 ? 0x1p-20 : kept;
      Tensor x = kernels.allocate(1, 1);
      Tensor one = kernels.allocate(1, 1);
      Tensor product = kernels.allocate(1, 1);
      x.set(new double[] {1 + bit});
      one.set(new double[] {1});

      kernels.gemm(false, false, 1, x, one, 0, product);

      assertThat(x.get()).containsExactly(1 + bit);
      assertThat(product.get()).containsExactly(1 + kept);
    }
  }
}
