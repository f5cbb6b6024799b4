package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.KernelsContract;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slices beside whole batches on one device. */
class SlicesTest {
  private static final int ROWS = 50;

  private final CudaKernels whole = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32);
  // slices of some three rows
  private final Kernels slices = whole.spilling(ROWS, 200);

  @AfterEach
  void close() {
    whole.close();
    assertThat(Emulation.objects()).isZero();
  }

  private static Tensor uniform(Kernels kernels, long seed, int rows, int columns) {
    Tensor tensor = kernels.allocate(rows, columns);
    tensor.set(KernelsContract.uniform(seed, rows * columns));
    return tensor;
  }

  /** Work whose results are the same to the bit. */
  private void assertSame(Function<Kernels, List<Tensor>> work) {
    List<Tensor> expected = work.apply(whole);
    List<Tensor> actual = work.apply(slices);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).get()).containsExactly(expected.get(i).get());
    }
  }

  @Test
  void activations_inSlices_haveTheSameBits() {
    assertSame(
        kernels -> {
          Tensor x = uniform(kernels, 1, ROWS, 4);
          Tensor y = kernels.allocate(ROWS, 4);
          kernels.activate(Activation.GELU, x, y);
          kernels.axpy(2, x, y);
          return List.of(y);
        });
  }

  @Test
  void groupNormalization_inSlices_hasTheSameBits() {
    assertSame(
        kernels -> {
          Normalization state =
              Normalization.allocate(
                  kernels, new Normalization.Statistics.Group(1, 2), Activation.TANH, 0, ROWS, 6);
          kernels.normalize(uniform(kernels, 1, ROWS, 6), state);
          kernels.copy(uniform(kernels, 2, ROWS, 6), state.outputAdjoint());
          kernels.normalizeBackward(state);
          return List.of(state.output(), state.inverseDeviation(), state.inputAdjoint());
        });
  }

  @Test
  void gradientOfLoss_inSlices_isThatOfTheMeanOverAllToTheBit() {
    assertSame(
        kernels -> {
          Tensor targets = kernels.allocate(ROWS, 3);
          Tensor predictions = kernels.allocate(ROWS, 3);
          Tensor gradient = kernels.allocate(ROWS, 3);
          Tensor tangent = uniform(kernels, 3, ROWS, 3);
          Scalar loss = kernels.allocateScalar();
          Tensor logits = uniform(kernels, 2, ROWS, 3);
          Loss kind = Loss.SOFTMAX_CROSS_ENTROPY;
          kernels.loss(kind, logits, targets, predictions, gradient, loss);
          kernels.lossTangent(kind, predictions, tangent, tangent);
          return List.of(predictions, gradient, tangent);
        });
  }

  @Test
  void batchStatistics_ofLargeMeans_areExactOverTheWholeBatch() {
    Tensor z = slices.allocate(ROWS, 1);
    double[] values = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = 4096 + i; // in float32 without rounding
    }
    z.set(values);
    Normalization state = Normalization.batch(slices, Activation.IDENTITY, 0, ROWS, 1);

    slices.normalize(z, state);

    // of 0, 1, …, n − 1 the variance is (n² − 1)/12
    double inverse = 1 / Math.sqrt((ROWS * ROWS - 1) / 12.0);
    assertThat(state.mean().get()).containsExactly((float) (4096 + (ROWS - 1) / 2.0));
    assertThat(state.inverseDeviation().get()).containsExactly((float) inverse);
  }

  @Test
  void operands_hereAndThere_workTogether() {
    Tensor there = uniform(slices, 1, ROWS, 3);
    Tensor here = uniform(whole, 2, ROWS, 3);
    double expected = 0;
    for (int i = 0; i < ROWS * 3; i++) {
      expected += there.get()[i] * here.get()[i];
    }

    double dot = slices.dot(here, there);
    slices.copy(there, here);

    assertThat(dot)
        .isCloseTo(expected, within(ROWS * 3 * Precision.FLOAT64.unitRoundoff() * ROWS * 3));
    assertThat(here.get()).containsExactly(there.get());
  }

  @Test
  void view_ofSpilledTensor_sharesItsMemory() {
    Tensor tensor = uniform(slices, 1, ROWS, 4);
    double[] before = tensor.rows(7, 31).get();
    slices.scale(2, tensor.rows(7, 30));
    tensor.row(3).set(new double[] {1, 2, 3, 4});

    assertThat(tensor.view(12, 1, 4).get()).containsExactly(1, 2, 3, 4);
    double[] after = tensor.rows(7, 31).get();
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(i < 30 * 4 ? 2 * before[i] : before[i]);
    }
  }

  @Test
  void spilledTensor_onTheKernelsOfTheDevice_isRefused() {
    Tensor there = slices.allocate(ROWS, 3);

    assertThatIllegalArgumentException().isThrownBy(() -> whole.scale(2, there));
    assertThatIllegalArgumentException().isThrownBy(() -> there.set(new double[2]));
  }

  @Test
  void spilledTensor_afterClose_isGone() {
    Tensor there = slices.allocate(ROWS, 3);
    slices.close();

    assertThatIllegalStateException().isThrownBy(there::get);
    assertThatIllegalStateException().isThrownBy(() -> slices.scale(2, there));
  }
}
