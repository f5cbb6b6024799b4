package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArithmeticTest {
  @AfterEach
  void restore() {
    Emulation.reset();
  }

  private static CudaKernels open(Arithmetic arithmetic) {
    return arithmetic == Arithmetic.BF16X9
        ? Emulation.bf16x9()
        : CudaKernels.open(Emulation.libraries(), 0, arithmetic);
  }

  /** Half a unit in the last place of ten bits of mantissa is 2⁻¹¹, of 23 bits 2⁻²⁴. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT64, 0x1p-40",
    "FLOAT32, 0x1p-20",
    "FLOAT32, 0x1p-23",
    "BF16X9, 0x1p-20",
    "BF16X9, 0x1p-23",
    "TF32, 0"
  })
  void gemm_inEachArithmetic_roundsItsFactors(Arithmetic arithmetic, double kept) {
    try (CudaKernels kernels = open(arithmetic)) {
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

  /** Factors are 1 and 1 + 2u, and what lies nearer to 1 becomes 1. */
  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void productRoundoff_ofEachArithmetic_isHalfTheDistanceFromOneToTheNextFactor(
      Arithmetic arithmetic) {
    double roundoff = arithmetic.productRoundoff();

    assertThat(productWithOne(arithmetic, 1 + 2 * roundoff)).isEqualTo(1 + 2 * roundoff);
    assertThat(productWithOne(arithmetic, 1 + 0.5 * roundoff)).isEqualTo(1);
  }

  private static double productWithOne(Arithmetic arithmetic, double factor) {
    try (CudaKernels kernels = open(arithmetic)) {
      Tensor x = kernels.allocate(1, 1);
      Tensor one = kernels.allocate(1, 1);
      Tensor product = kernels.allocate(1, 1);
      x.set(new double[] {factor});
      one.set(new double[] {1});

      kernels.gemm(false, false, 1, x, one, 0, product);

      return product.get()[0];
    }
  }
}
