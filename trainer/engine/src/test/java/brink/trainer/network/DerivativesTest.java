package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.Linearization;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss, gradient and Hessian-vector products against hyper-dual numbers and finite differences. */
class DerivativesTest {
  /**
   * Relative rounding error allowed: some hundred operations behind an entry at u = 1.1e-16, times
   * the condition of these networks, about ten.
   */
  private static final double ROUNDING = 1e-13;

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  static Stream<TinyNet> nets() {
    return TinyNets.all();
  }

  @ParameterizedTest
  @MethodSource("nets")
  void linearization_tinyNet_equalsHyperDualNumbers(TinyNet net) {
    NetworkLandscape landscape = net.landscape(kernels);
    double[] v = net.direction(1);
    Linearization linearization = landscape.linearize(net.weights(kernels));
    double[] product = product(linearization, v);

    double[] gradient = new double[v.length];
    double[] expected = new double[v.length];
    for (int k = 0; k < v.length; k++) {
      gradient[k] = net.loss(net.weights, k, v).first();
      expected[k] = net.loss(net.weights, k, v).mixed();
    }
    double loss = net.loss(net.weights, 0, v).value();
    assertThat(linearization.loss()).isCloseTo(loss, within(ROUNDING * loss));
    assertClose(linearization.gradient().get(), gradient, ROUNDING);
    assertClose(product, expected, ROUNDING);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void gradient_tinyNet_equalsCentralDifferences(TinyNet net) {
    NetworkLandscape landscape = net.landscape(kernels);
    double[] gradient = landscape.linearize(net.weights(kernels)).gradient().get();
    double h = 1e-5; // balances h² of the formula against u/h of rounding

    double[] differences = new double[gradient.length];
    for (int k = 0; k < differences.length; k++) {
      double[] step = new double[gradient.length];
      step[k] = h;
      double above = landscape.linearize(moved(net, step, 1)).loss();
      double below = landscape.linearize(moved(net, step, -1)).loss();
      differences[k] = (above - below) / (2 * h);
    }

    assertThat(distance(differences, gradient)).isLessThan(1e-7 * Math.max(1, norm(gradient)));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void hessianVectorProduct_tinyNet_equalsCentralDifferencesOfGradient(TinyNet net) {
    NetworkLandscape landscape = net.landscape(kernels);
    double[] v = net.direction(2);
    double[] product = product(landscape.linearize(net.weights(kernels)), v);
    double h = 1e-5;

    double[] above = landscape.linearize(moved(net, v, h)).gradient().get();
    double[] below = landscape.linearize(moved(net, v, -h)).gradient().get();
    double[] differences = new double[v.length];
    Arrays.setAll(differences, i -> (above[i] - below[i]) / (2 * h));

    assertThat(distance(differences, product)).isLessThan(1e-6 * Math.max(1, norm(product)));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void jacobianVectorProduct_tinyNet_equalsCentralDifferencesOfTheOutputs(TinyNet net) {
    NetworkLandscape landscape = net.landscape(kernels);
    double[] v = net.direction(3);
    NetworkLinearization here = landscape.linearize(net.weights(kernels));
    landscape.evaluate(moved(net, v, 0.1)); // of other weights: the passes have to be run again
    double[] product = here.jacobianVectorProduct(TinyNet.row(kernels, v)).get();
    double h = 1e-5;

    double[] above = landscape.linearize(moved(net, v, h)).outputs().get();
    double[] below = landscape.linearize(moved(net, v, -h)).outputs().get();
    double[] differences = new double[above.length];
    Arrays.setAll(differences, i -> (above[i] - below[i]) / (2 * h));

    assertThat(distance(differences, product)).isLessThan(1e-7 * Math.max(1, norm(product)));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void hessian_fromBasisVectors_isSymmetric(TinyNet net) {
    Linearization linearization = net.landscape(kernels).linearize(net.weights(kernels));
    int n = net.weights.length;
    double[][] hessian = new double[n][];
    double largest = 0;
    for (int k = 0; k < n; k++) {
      double[] basis = new double[n];
      basis[k] = 1;
      hessian[k] = product(linearization, basis);
      largest = Math.max(largest, norm(hessian[k]));
    }

    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(hessian[i][j]).isCloseTo(hessian[j][i], within(ROUNDING * largest));
      }
    }
  }

  @Test
  void hessianVectorProduct_ofSum_isSumOfProducts() {
    TinyNet net = TinyNet.of(Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    Linearization linearization = net.landscape(kernels).linearize(net.weights(kernels));
    double[] u = net.direction(3);
    double[] v = net.direction(4);
    double[] sum = new double[u.length];
    Arrays.setAll(sum, i -> 3 * u[i] - 2 * v[i]);

    double[] ofU = product(linearization, u);
    double[] ofV = product(linearization, v);
    double[] expected = new double[u.length];
    Arrays.setAll(expected, i -> 3 * ofU[i] - 2 * ofV[i]);

    assertClose(product(linearization, sum), expected, ROUNDING);
    assertThat(product(linearization, u)).as("repeated").containsExactly(ofU);
    assertThat(product(linearization, new double[u.length])).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void hessianVectorProducts_severalAtOnce_areTheSingleOnes(TinyNet net) {
    assertSeveralAreTheSingleOnes(net.landscape(kernels), net.weights(kernels));
  }

  @Test
  void hessianVectorProducts_manyInputs_areTheSingleOnes() {
    Shape input = Shape.vector(DataMap.LEAST_INPUTS);
    NetworkSpec spec = wide();
    NetworkLandscape landscape = spec.landscape(kernels, input, wideExamples(), null, 1);
    Tensor w = TinyNet.row(kernels, spec.initialWeights(input, 2));

    assertSeveralAreTheSingleOnes(landscape, w);
    assertThat(DataMap.serves(spec.layers().getFirst(), Set.of(), input)).isTrue();
  }

  static NetworkSpec wide() {
    return Mlp.batchNormalized(List.of(3, 4), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY).spec();
  }

  private Examples wideExamples() {
    int n = 6;
    Random random = new Random(3);
    double[] inputs = random.doubles((long) n * DataMap.LEAST_INPUTS).map(u -> u - 0.5).toArray();
    double[] targets = new double[n * 2];
    for (int i = 0; i < n; i++) {
      targets[2 * i + i % 2] = 1;
    }
    return Examples.of(kernels, n, DataMap.LEAST_INPUTS, inputs, 2, targets);
  }

  private void assertSeveralAreTheSingleOnes(NetworkLandscape landscape, Tensor w) {
    Linearization linearization = landscape.linearize(w);
    Tensor vectors = kernels.allocate(5, landscape.dimension());
    Tensor results = kernels.allocate(5, landscape.dimension());
    vectors.set(new Random(4).doubles(vectors.length()).map(u -> 2 * u - 1).toArray());

    linearization.hessianVectorProducts(vectors, results);

    double[] gradient = linearization.gradient().get();
    for (int i = 0; i < vectors.rows(); i++) {
      double[] single = product(linearization, vectors.row(i).get());
      assertClose(results.row(i).get(), single, ROUNDING);
    }
    assertThat(landscape.linearize(w).gradient().get()).containsExactly(gradient);
  }

  private Tensor moved(TinyNet net, double[] direction, double step) {
    Tensor w = net.weights(kernels);
    kernels.axpy(step, TinyNet.row(kernels, direction), w);
    return w;
  }

  private double[] product(Linearization linearization, double[] v) {
    Tensor result = kernels.allocate(1, v.length);
    linearization.hessianVectorProduct(TinyNet.row(kernels, v), result);
    return result.get();
  }

  private static void assertClose(double[] actual, double[] expected, double tolerance) {
    assertThat(distance(actual, expected)).isLessThanOrEqualTo(tolerance * norm(expected));
  }

  private static double distance(double[] x, double[] y) {
    double[] difference = new double[x.length];
    Arrays.setAll(difference, i -> x[i] - y[i]);
    return norm(difference);
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(value -> value * value).sum());
  }
}
