package brink.trainer.kernels;

import static brink.trainer.kernels.KernelsContract.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract of the loss heads. */
public interface LossContract extends KernelsContract {
  @ParameterizedTest
  @CsvSource({
    "SOFTMAX_CROSS_ENTROPY, 5, 4",
    "SOFTMAX_CROSS_ENTROPY, 1, 3",
    "SOFTMAX_CROSS_ENTROPY, 4, 1",
    "MEAN_SQUARED_ERROR, 5, 4",
    "MEAN_SQUARED_ERROR, 1, 1"
  })
  default void lossAndTangent_equalHyperDualNumbers(Loss loss, int rows, int columns) {
    double[] logits = uniform(21, rows * columns);
    double[] logitsTangent = uniform(22, rows * columns);
    double[][] targets = distributions(rows, columns);
    Tensor predictions = kernels().allocate(rows, columns);
    Tensor gradient = kernels().allocate(rows, columns);
    Tensor tangent = tensor(rows, columns, logitsTangent);

    double value =
        loss(
            loss,
            tensor(rows, columns, logits),
            tensor(rows, columns, flat(targets)),
            predictions,
            gradient);
    kernels().lossTangent(loss, predictions, tangent, tangent);

    double[] gradients = gradient.get();
    double[] tangents = tangent.get();
    for (int k = 0; k < rows * columns; k++) {
      HyperDual expected =
          Reference.loss(loss, disturbed(logits, logitsTangent, k, columns), targets);
      assertClose(value, expected.value(), 20 * columns, 1);
      assertClose(gradients[k], expected.first(), 20 * columns, 1);
      assertClose(tangents[k], expected.mixed(), 20 * columns, 1);
    }
  }

  private double loss(
      Loss loss, Tensor logits, Tensor targets, Tensor predictions, Tensor gradient) {
    Scalar value = kernels().allocateScalar();
    kernels().loss(loss, logits, targets, predictions, gradient, value);
    return value.get();
  }

  private static HyperDual[][] disturbed(double[] z, double[] zTangent, int k, int columns) {
    HyperDual[][] logits = new HyperDual[z.length / columns][columns];
    for (int i = 0; i < z.length; i++) {
      logits[i / columns][i % columns] = new HyperDual(z[i], i == k ? 1 : 0, zTangent[i], 0);
    }
    return logits;
  }

  private static double[][] distributions(int rows, int columns) {
    double[][] targets = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      targets[i][i % columns] += 0.75;
      targets[i][(i + 1) % columns] += 0.25;
    }
    return targets;
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  default void crossEntropy_hugeLogits_doesNotOverflow() {
    Tensor gradient = kernels().allocate(1, 3);
    Tensor predictions = kernels().allocate(1, 3);

    double right =
        loss(
            Loss.SOFTMAX_CROSS_ENTROPY,
            tensor(1, 3, 1e6, -1e6, 0),
            tensor(1, 3, 1, 0, 0),
            predictions,
            gradient);
    double wrong =
        loss(
            Loss.SOFTMAX_CROSS_ENTROPY,
            tensor(1, 3, 1e6, -1e6, 0),
            tensor(1, 3, 0, 1, 0),
            predictions,
            gradient);

    assertThat(right).isZero();
    assertThat(wrong).isEqualTo(2e6);
    assertThat(gradient.get()).containsExactly(1, -1, 0);
  }

  @Test
  default void loss_ofOtherShapes_isRejected() {
    Tensor x = kernels().allocate(2, 3);
    Tensor t = kernels().allocate(3, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss(Loss.MEAN_SQUARED_ERROR, x, t, x, x));
  }

  @Test
  default void countAgreeingRows_ties_takeTheFirstColumn() {
    Tensor predictions = tensor(3, 2, 0.5, 0.5, 0.1, 0.9, 0.2, 0.8);
    Tensor targets = tensor(3, 2, 1, 0, 0, 1, 1, 0);

    assertThat(kernels().countAgreeingRows(predictions, targets)).isEqualTo(2);
  }
}
