package brink.trainer.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.oracle.DenseMatrixCompletion;
import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatrixCompletionTest {
  private static final int ROWS = 4;
  private static final int COLUMNS = 5;
  private static final int RANK = 2;
  private static final int DIMENSION = (ROWS + COLUMNS) * RANK;

  // Sums of at most 30 rounded products of size 1 to 10 and divisions by ‖z‖ ~ 3: 1e-16·30·100.
  private static final double ROUNDING = 1e-12;

  private final Kernels kernels = new CpuKernels(1);
  // The place (0, 0) is observed twice; row 3 and column 4 once.
  private final int[] rows = {0, 0, 0, 1, 1, 2, 2, 2, 3, 0};
  private final int[] columns = {0, 1, 3, 0, 2, 1, 2, 3, 4, 0};
  private final double[] y = shifted(Initialization.normal(5, 10, 2), 3);
  private final double[] w = Initialization.normal(3, DIMENSION, 1);
  private final double[] v = Initialization.normal(4, DIMENSION, 1);
  private final MatrixCompletion landscape = landscape(null);
  private final DenseMatrixCompletion dense =
      new DenseMatrixCompletion(rows, columns, y, ROWS, COLUMNS, RANK);

  private MatrixCompletion landscape(@Nullable MatrixEntries test) {
    return new MatrixCompletion(
        kernels, ROWS, COLUMNS, RANK, new MatrixEntries(rows, columns, y), test);
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  private static double[] shifted(double[] values, double by) {
    return Arrays.stream(values).map(value -> value + by).toArray();
  }

  private Tensor tensor(double[] values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }

  private double[] gradientAt(double[] weights) {
    return landscape.linearize(tensor(weights)).gradient().get();
  }

  private double[] hessianTimes(double[] weights, double[] vector) {
    Tensor result = kernels.allocate(1, vector.length);
    landscape.linearize(tensor(weights)).hessianVectorProduct(tensor(vector), result);
    return result.get();
  }

  private static double[] along(double[] from, double by, double[] direction) {
    double[] to = from.clone();
    Arrays.setAll(to, i -> to[i] + by * direction[i]);
    return to;
  }

  private static double[] scaled(double[] vector, double by) {
    return Arrays.stream(vector).map(entry -> by * entry).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void loss_anyWeights_equalsDefinition() {
    assertThat(landscape.linearize(tensor(w)).loss()).isCloseTo(dense.loss(w), within(ROUNDING));
  }

  @Test
  void gradient_anyWeights_equalsDenseAlgebra() {
    assertThat(gradientAt(w)).containsExactly(dense.gradient(w), within(ROUNDING));
  }

  @Test
  void gradient_direction_equalsCentralDifferenceOfLoss() {
    // truncation h²/6·|∇³L(v,v,v)| ~ 1e-9, rounding u·L/h ~ 1e-10 with L ~ 5
    double h = 1e-5;
    double difference =
        landscape.linearize(tensor(along(w, h, v))).loss()
            - landscape.linearize(tensor(along(w, -h, v))).loss();
    assertThat(dot(gradientAt(w), v)).isCloseTo(difference / (2 * h), within(5e-9));
  }

  @Test
  void hessianVectorProduct_everyUnitVector_equalsDenseAlgebra() {
    SimpleMatrix hessian = dense.hessian(w);
    for (int i = 0; i < DIMENSION; i++) {
      double[] unit = new double[DIMENSION];
      unit[i] = 1;
      assertThat(hessianTimes(w, unit))
          .containsExactly(hessian.getColumn(i).getDDRM().getData(), within(ROUNDING));
    }
  }

  @Test
  void hessianVectorProduct_anyVector_equalsCentralDifferenceOfGradients() {
    double h = 1e-5;
    double[] ahead = gradientAt(along(w, h, v));
    double[] difference = scaled(along(ahead, -1, gradientAt(along(w, -h, v))), 1 / (2 * h));
    assertThat(hessianTimes(w, v)).containsExactly(difference, within(5e-9));
  }

  @Test
  void scaleIdentities_bothFactors_hold() {
    double[] gradient = gradientAt(w);
    assertThat(dot(w, gradient)).isCloseTo(0, within(ROUNDING));
    assertThat(gradientAt(scaled(w, 4))).containsExactly(scaled(gradient, 0.25), within(ROUNDING));
    assertThat(hessianTimes(scaled(w, 4), v))
        .containsExactly(scaled(hessianTimes(w, v), 0.0625), within(ROUNDING));
    assertThat(hessianTimes(w, w)).containsExactly(scaled(gradient, -1), within(ROUNDING));
  }

  @Test
  void scaleIdentities_oneFactor_hold() {
    double[] bent = w.clone();
    for (int i = 0; i < ROWS * RANK; i++) {
      bent[i] *= 3;
    }
    double[] gradient = gradientAt(w);
    int end = ROWS * RANK;
    double left = dot(Arrays.copyOf(w, end), Arrays.copyOf(gradient, end));

    assertThat(landscape.linearize(tensor(bent)).loss()).isCloseTo(dense.loss(w), within(ROUNDING));
    assertThat(left).isCloseTo(0, within(ROUNDING));
    assertThat(landscape.layers().getLast().end()).isEqualTo(landscape.dimension());
  }

  @Test
  void evaluate_testEntries_usesStatisticsOfTheObserved() {
    MatrixEntries test = new MatrixEntries(new int[] {3, 1}, new int[] {0, 4}, new double[] {1, 2});
    Scores scores = landscape(test).evaluate(tensor(w));

    SimpleMatrix left = new SimpleMatrix(ROWS, RANK, true, Arrays.copyOf(w, ROWS * RANK));
    SimpleMatrix right =
        new SimpleMatrix(COLUMNS, RANK, true, Arrays.copyOfRange(w, ROWS * RANK, DIMENSION));
    SimpleMatrix product = left.mult(right.transpose());
    double[] z = new double[y.length];
    Arrays.setAll(z, k -> product.get(rows[k], columns[k]));
    double mean = Arrays.stream(z).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(z).map(o -> (o - mean) * (o - mean)).average().orElseThrow());
    double first = (product.get(3, 0) - mean) / deviation - 1;
    double second = (product.get(1, 4) - mean) / deviation - 2;
    assertThat(scores.testLoss())
        .isCloseTo((first * first + second * second) / 4, within(ROUNDING));
    assertThat(scores.trainLoss()).isCloseTo(dense.loss(w), within(ROUNDING));
    assertThat(scores.trainAccuracy()).isNull();
  }

  @Test
  void linearize_constantEntries_namesTheRemedy() {
    double[] ones = new double[DIMENSION];
    Arrays.fill(ones, 1);
    assertThatThrownBy(() -> landscape.linearize(tensor(ones)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("start from other weights");
    assertThatThrownBy(() -> landscape.linearize(tensor(new double[DIMENSION])))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void linearize_notANumber_givesLossNotANumber() {
    double[] broken = w.clone();
    broken[0] = Double.NaN;
    assertThat(landscape.linearize(tensor(broken)).loss()).isNaN();
  }

  @Test
  void construct_entryOutside_isRefused() {
    MatrixEntries outside = new MatrixEntries(new int[] {4, 0}, new int[2], new double[2]);
    assertThatThrownBy(() -> landscape(outside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entry (4, 0) is outside the 4×5 matrix");
  }
}
