package brink.trainer.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.oracle.DenseBnLinear;
import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BnLinearTest {
  // Sums of at most 60 rounded products of size 1 and a division by ‖z‖² ~ 1: 1e-16·60·10.
  private static final double ROUNDING = 1e-13;

  private final Kernels kernels = new CpuKernels(1);
  // Neither the columns of x nor y are centred, and y has no unit scale.
  private final double[][] x = shifted(SyntheticRegression.generate(7, 12, 9, 5, 1).x(), 0.7);
  private final double[] y = shifted(SyntheticRegression.generate(7, 12, 9, 5, 1).y(), 3);
  private final double[] w = Initialization.normal(3, 9, 1);
  private final double[] v = Initialization.normal(4, 9, 1);
  private final BnLinear landscape = BnLinear.from(kernels, x, y);
  private final DenseBnLinear dense = new DenseBnLinear(x, y);

  @AfterEach
  void close() {
    kernels.close();
  }

  private static double[][] shifted(double[][] table, double by) {
    return Arrays.stream(table).map(row -> shifted(row, by)).toArray(double[][]::new);
  }

  private static double[] shifted(double[] row, double by) {
    return Arrays.stream(row).map(entry -> 1.5 * entry + by).toArray();
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
    for (int i = 0; i < to.length; i++) {
      to[i] += by * direction[i];
    }
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
  void loss_uncentredData_equalsDefinition() {
    assertThat(landscape.linearize(tensor(w)).loss())
        .isCloseTo(dense.loss(w), within(ROUNDING * 10));
  }

  @Test
  void gradient_uncentredData_equalsClosedForm() {
    assertThat(gradientAt(w)).containsExactly(dense.gradient(w), within(ROUNDING));
  }

  @Test
  void gradient_direction_equalsCentralDifferenceOfLoss() {
    // truncation h²/6·|∇³L(v,v,v)| ~ 1e-10, rounding u·L/h ~ 1e-10 with L ~ 5
    double h = 1e-5;
    double difference =
        landscape.linearize(tensor(along(w, h, v))).loss()
            - landscape.linearize(tensor(along(w, -h, v))).loss();
    assertThat(dot(gradientAt(w), v)).isCloseTo(difference / (2 * h), within(2e-9));
  }

  @Test
  void hessianVectorProduct_anyVector_equalsClosedForm() {
    SimpleMatrix expected = dense.hessian(w).mult(new SimpleMatrix(9, 1, true, v));
    assertThat(hessianTimes(w, v)).containsExactly(expected.getDDRM().getData(), within(ROUNDING));
  }

  @Test
  void hessianVectorProduct_anyVector_equalsCentralDifferenceOfGradients() {
    double h = 1e-5;
    double[] ahead = gradientAt(along(w, h, v));
    double[] difference = scaled(along(ahead, -1, gradientAt(along(w, -h, v))), 1 / (2 * h));
    assertThat(hessianTimes(w, v)).containsExactly(difference, within(1e-9));
  }

  @Test
  void scaleIdentities_anyWeights_hold() {
    double[] gradient = gradientAt(w);
    assertThat(dot(w, gradient)).isCloseTo(0, within(ROUNDING));
    assertThat(gradientAt(scaled(w, 4))).containsExactly(scaled(gradient, 0.25), within(ROUNDING));
    assertThat(hessianTimes(scaled(w, 4), v))
        .containsExactly(scaled(hessianTimes(w, v), 0.0625), within(ROUNDING));
    assertThat(hessianTimes(w, w)).containsExactly(scaled(gradient, -1), within(ROUNDING));
  }

  @Test
  void linearize_constantOutputs_namesTheRemedy() {
    double[][] same = {{1, 2}, {1, 3}, {1, 4}};
    BnLinear constant = BnLinear.from(kernels, same, new double[] {1, 2, 3});
    assertThatThrownBy(() -> constant.linearize(tensor(new double[] {1, 0})))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("start from other weights");
  }

  @Test
  void linearize_notANumber_givesLossNotANumber() {
    double[] broken = w.clone();
    broken[0] = Double.NaN;
    assertThat(landscape.linearize(tensor(broken)).loss()).isNaN();
  }

  @Test
  void evaluate_testSet_usesStatisticsOfTheTrainingSet() {
    double[][] testX = {Initialization.normal(8, 9, 1), Initialization.normal(9, 9, 1)};
    double[] testY = {0.5, 2};
    Scores scores = BnLinear.from(kernels, x, y, testX, testY).evaluate(tensor(w));
    double[] z = Arrays.stream(x).mapToDouble(row -> dot(row, w)).toArray();
    double mean = Arrays.stream(z).average().orElseThrow();
    double deviation =
        Math.sqrt(Arrays.stream(z).map(o -> (o - mean) * (o - mean)).average().orElseThrow());
    double expected = 0;
    for (int i = 0; i < testY.length; i++) {
      double error = (dot(testX[i], w) - mean) / deviation - testY[i];
      expected += error * error / 4;
    }
    assertThat(scores.testLoss()).isCloseTo(expected, within(ROUNDING * 10));
    assertThat(scores.trainLoss()).isCloseTo(dense.loss(w), within(ROUNDING * 10));
    assertThat(scores.trainAccuracy()).isNull();
  }

  @Test
  void from_raggedRows_isRefused() {
    double[][] ragged = {{1, 2}, {1}};
    assertThatThrownBy(() -> BnLinear.from(kernels, ragged, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training");
  }

  @Test
  void from_oneTargetTooFew_isRefused() {
    assertThatThrownBy(() -> BnLinear.from(kernels, new double[3][2], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 and 2");
  }
}
