package brink.bench.lanczos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanczosTest {
  private static final int DIMENSION = 300;

  /** A diagonal matrix: its eigenvalues are known, and Lanczos does not see that it is diagonal. */
  private static UnaryOperator<double[]> diagonal(double... eigenvalues) {
    return v -> IntStream.range(0, v.length).mapToDouble(i -> eigenvalues[i] * v[i]).toArray();
  }

  private static double[] spectrum(double largest, double second) {
    double[] eigenvalues = new Random(2).doubles(DIMENSION, -1, 1).toArray();
    eigenvalues[17] = largest;
    eigenvalues[200] = second;
    return eigenvalues;
  }

  @Test
  void converged_separatedEigenvalue_isExact() {
    Lanczos.Result found =
        Lanczos.converged().solve(diagonal(spectrum(3, 2)), DIMENSION, new Random(1));
    assertThat(found.converged()).isTrue();
    // error of the value: the square of the residual over the gap, and rounding
    assertThat(found.values().getFirst()).isCloseTo(3, within(1e-13));
  }

  @Test
  void converged_closeEigenvalues_restartsUntilExact() {
    Lanczos.Result found =
        Lanczos.converged().solve(diagonal(spectrum(1.0201, 1.02)), DIMENSION, new Random(1));
    assertThat(found.converged()).isTrue();
    assertThat(found.products()).isGreaterThan(40);
    assertThat(found.values().getFirst()).isCloseTo(1.0201, within(1e-12));
  }

  @Test
  void asPublished_twoEigenvalues_reachTheRoundingOfFloat32() {
    Lanczos.Result found =
        Lanczos.asPublished().solve(diagonal(spectrum(3, 1.2)), DIMENSION, new Random(1));
    assertThat(found.converged()).isTrue();
    assertThat(found.products()).isGreaterThan(20);
    assertThat(found.values().getFirst()).isCloseTo(3, within(3 * 0x1p-24));
    assertThat(found.values().getLast()).isCloseTo(1.2, within(1.2 * 0x1p-24));
  }

  @Test
  void solve_negativeOfLargerMagnitude_takesTheLargestAlgebraic() {
    double[] eigenvalues = spectrum(3, 2);
    eigenvalues[5] = -50;
    Lanczos.Result found =
        Lanczos.converged().solve(diagonal(eigenvalues), DIMENSION, new Random(1));
    assertThat(found.values().getFirst()).isCloseTo(3, within(1e-12));
  }

  @Test
  void solve_fewDimensions_exhaustsThem() {
    Lanczos.Result found = Lanczos.converged().solve(diagonal(1, 5, 2), 3, new Random(1));
    assertThat(found.products()).isEqualTo(3);
    assertThat(found.values().getFirst()).isCloseTo(5, within(1e-13));
  }

  @Test
  void solve_zeroOperator_findsZero() {
    Lanczos.Result found = Lanczos.converged().solve(v -> new double[v.length], 50, new Random(1));
    assertThat(found.values().getFirst()).isZero();
  }

  @Test
  void solve_atTheCap_saysThatItDidNotConverge() {
    Lanczos.Result found =
        new Lanczos(1, 10, 1e-12, 12).solve(diagonal(spectrum(1.001, 1)), DIMENSION, new Random(1));
    assertThat(found.converged()).isFalse();
    assertThat(found.products()).isEqualTo(12);
  }

  @Test
  void solve_notFinite_throws() {
    UnaryOperator<double[]> nan =
        v -> {
          double[] image = new double[v.length];
          Arrays.fill(image, Double.NaN);
          return image;
        };
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Lanczos.converged().solve(nan, 50, new Random(1)));
  }
}
