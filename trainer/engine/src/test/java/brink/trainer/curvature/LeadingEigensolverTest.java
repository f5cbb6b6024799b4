package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.oracle.DenseEigen;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LeadingEigensolverTest {
  private static final int N = 60;
  private static final int NO_CAP = 10_000;

  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  static Stream<Arguments> spectra() {
    return Stream.of(
        Arguments.of("spread", linear(-1, 1)),
        Arguments.of("identity", constant(1)),
        Arguments.of("zero", constant(0)),
        Arguments.of("repeated", replaced(linear(-1, 1), 3, 3)),
        Arguments.of("clustered", replaced(linear(-1, 1), 3, 3 - 1e-6)),
        Arguments.of("largest magnitude is negative", replaced(linear(-50, 0.1), 0.2)),
        Arguments.of("all negative", linear(-3, -1)),
        Arguments.of("tiny", scaled(linear(-1, 1), 1e-150)),
        Arguments.of("huge", scaled(linear(-1, 1), 1e150)),
        Arguments.of("low rank", replaced(constant(0), 5, 2)));
  }

  private static double[] linear(double from, double to) {
    return IntStream.range(0, N).mapToDouble(i -> from + (to - from) * i / (N - 1)).toArray();
  }

  private static double[] constant(double value) {
    return DoubleStream.generate(() -> value).limit(N).toArray();
  }

  private static double[] scaled(double[] spectrum, double by) {
    return Arrays.stream(spectrum).map(value -> by * value).toArray();
  }

  private static double[] replaced(double[] spectrum, double... values) {
    double[] result = spectrum.clone();
    System.arraycopy(values, 0, result, 0, values.length);
    return result;
  }

  /** A symmetric matrix of this spectrum in a random basis. */
  private static SimpleMatrix matrix(double[] spectrum, long seed) {
    SimpleMatrix gaussian = new SimpleMatrix(N, N, true, Initialization.normal(seed, N * N, 1));
    SimpleMatrix basis = gaussian.svd().getU();
    SimpleMatrix product = basis.mult(SimpleMatrix.diag(spectrum)).mult(basis.transpose());
    return product.plus(product.transpose()).divide(2);
  }

  private Tensor block(int rows, long seed) {
    Tensor block = kernels.allocate(rows, N);
    block.set(Initialization.normal(seed, rows * N, 1));
    return block;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void solve_randomStart_findsTheLargestAlgebraic(String name, double[] spectrum) {
    SimpleMatrix symmetric = matrix(spectrum, 1);
    double[] exact = DenseEigen.descending(symmetric);
    LeadingEigensolver solver = new LeadingEigensolver(kernels, N, 2, 24);
    Eigenpairs pairs =
        solver.solve(new DenseOperator(kernels, symmetric), 2, block(2, 2), 1e-8, NO_CAP);
    double size = Math.max(Math.abs(exact[0]), Math.abs(exact[N - 1]));
    // the tolerance asked for, ten times it for the second, and rounding of a product with the
    // matrix
    double rounding = N * 1e-16 * size;
    assertThat(pairs.largest())
        .as(name)
        .isCloseTo(exact[0], within(2e-8 * Math.abs(exact[0]) + 10 * rounding));
    assertThat(pairs.values().get(1))
        .isCloseTo(exact[1], within(2e-7 * Math.abs(exact[0]) + 10 * rounding));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void solve_anySpectrum_reportsTrueResiduals(String name, double[] spectrum) {
    DenseOperator operator = new DenseOperator(kernels, matrix(spectrum, 3));
    LeadingEigensolver solver = new LeadingEigensolver(kernels, N, 2, 24);
    Eigenpairs pairs = solver.solve(operator, 2, block(2, 4), 0.01, NO_CAP);
    double size = Arrays.stream(spectrum).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < 2; i++) {
      Tensor product = kernels.allocate(1, N);
      operator.apply(solver.vector(i), product);
      kernels.axpy(-pairs.values().get(i), solver.vector(i), product);
      assertThat(kernels.norm(product))
          .as(name)
          .isCloseTo(pairs.residuals().get(i), within(N * 1e-15 * size));
      assertThat(kernels.norm(solver.vector(i))).isCloseTo(1, within(1e-13));
    }
  }

  @Test
  void solve_smallBasis_restartsAndConverges() {
    SimpleMatrix symmetric = matrix(linear(-1, 1), 5);
    LeadingEigensolver solver = new LeadingEigensolver(kernels, N, 2, 8);
    Eigenpairs pairs =
        solver.solve(new DenseOperator(kernels, symmetric), 2, block(2, 6), 1e-8, NO_CAP);
    assertThat(pairs.products()).isGreaterThan(8);
    assertThat(pairs.largest()).isCloseTo(1, within(2e-8));
  }

  @Test
  void solve_cap_isNeverExceeded() {
    DenseOperator operator = new DenseOperator(kernels, matrix(linear(-1, 1), 5));
    LeadingEigensolver solver = new LeadingEigensolver(kernels, N, 2, 24);
    assertThat(solver.solve(operator, 2, block(2, 6), 1e-12, 7).products()).isEqualTo(7);
  }

  @Test
  void solve_startAtTheSolution_spendsOneMoreThanTheBlock() {
    DenseOperator operator = new DenseOperator(kernels, matrix(linear(-1, 1), 5));
    LeadingEigensolver solver = new LeadingEigensolver(kernels, N, 2, 24);
    solver.solve(operator, 2, block(2, 6), 1e-6, NO_CAP);
    Tensor start = kernels.allocate(2, N);
    kernels.copy(solver.vector(0), start.view(0, 1, N));
    kernels.copy(solver.vector(1), start.view(N, 1, N));
    assertThat(solver.solve(operator, 2, start, 0.01, NO_CAP).products()).isEqualTo(3);
  }

  @Test
  void solve_wholeSpace_stopsExhausted() {
    DenseOperator operator = new DenseOperator(kernels, SimpleMatrix.diag(3, 1, 2));
    LeadingEigensolver solver = new LeadingEigensolver(kernels, 3, 1, 6);
    Tensor start = kernels.allocate(1, 3);
    start.set(new double[] {1, 1, 1});
    Eigenpairs pairs = solver.solve(operator, 2, start, 1e-300, NO_CAP);
    assertThat(pairs.products()).isEqualTo(3);
    assertThat(pairs.largest()).isCloseTo(3, within(1e-14));
  }

  @Test
  void solve_notFinite_isRefused() {
    SimpleMatrix broken = SimpleMatrix.identity(N);
    broken.set(0, 0, Double.NaN);
    LeadingEigensolver solver = new LeadingEigensolver(kernels, N, 1, 24);
    assertThatThrownBy(
            () -> solver.solve(new DenseOperator(kernels, broken), 2, block(1, 6), 0.01, NO_CAP))
        .isInstanceOf(ArithmeticException.class);
  }
}
