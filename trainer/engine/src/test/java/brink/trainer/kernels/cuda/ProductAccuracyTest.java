package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.VectorMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TF32, which drops the last bits of this factor, and how to do without. */
class ProductAccuracyTest {
  private static final double FACTOR = 1 + 0x1p-20;

  private final Kernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.TF32);
  private final Tensor factor = tensor(FACTOR);
  private final Tensor one = tensor(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  private Tensor tensor(double value) {
    Tensor tensor = kernels.allocate(1, 1);
    tensor.set(new double[] {value});
    return tensor;
  }

  private double product() {
    Tensor result = kernels.allocate(1, 1);
    kernels.gemm(false, false, 1, factor, one, 0, result);
    return result.get()[0];
  }

  private double convolution() {
    Convolution shape = new Convolution(1, 1, 1, 1, 3, 1, 1);
    Tensor weights = kernels.allocate(1, shape.patch());
    weights.set(new double[] {0, 0, 0, 0, FACTOR, 0, 0, 0, 0});
    Tensor result = kernels.allocate(1, 1);
    kernels.convolve(shape, weights, one, 0, result);
    return result.get()[0];
  }

  @Test
  void precisely_products_keepTheirFactorsAndAfterwardsDoNot() {
    assertThat(product()).isOne();
    assertThat(kernels.precisely(this::product)).isEqualTo(FACTOR);
    assertThat(product()).isOne();
  }

  @Test
  void precisely_convolutions_keepTheirFactorsAndAfterwardsDoNot() {
    assertThat(convolution()).isOne();
    assertThat(kernels.precisely(this::convolution)).isEqualTo(FACTOR);
    assertThat(convolution()).isOne();
  }

  @Test
  void precisely_recordedWork_isDoneAnew() {
    VectorMap map =
        kernels.recorded(1, (from, to) -> kernels.gemm(false, false, 1, from, one, 0, to));
    Tensor result = kernels.allocate(1, 1);
    for (int i = 0; i < 4; i++) {
      map.apply(factor, result);
      assertThat(result.get()).containsExactly(1);
      kernels.precisely(
          () -> {
            map.apply(factor, result);
            return result;
          });
      assertThat(result.get()).containsExactly(FACTOR);
    }
  }

  @Test
  void precisely_withinItselfAndAfterAFailure_ends() {
    assertThat(kernels.precisely(() -> kernels.precisely(this::product) + product()))
        .isEqualTo(2 * FACTOR);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                kernels.precisely(
                    () -> {
                      throw new IllegalStateException("work fails");
                    }));

    assertThat(product()).isOne();
  }
}
