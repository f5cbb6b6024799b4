package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeastSharpnessGradientTest {
  /** The ridge on the problem's matrix costs that much of its largest eigenvalue, and some. */
  private static final double RIDGE = 1e-6;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 3, 7.3, 1e9})
  void squared_oneEigenvalue_isItsOwn(double squared) {
    assertThat(least(new double[][] {{squared}}, 1)).isEqualTo(squared);
  }

  @Test
  void squared_eigenvectorsThatDoNotTurnEachOther_isInTheHullOfTheirGradients() {
    // 1/(1ᵀM⁻¹1) of M = (4 1; 1 2)
    double[][] products = {{4, 0, 1}, {0, 0, 0}, {1, 0, 2}};
    assertThat(least(products, 2)).isCloseTo(7.0 / 4, within(RIDGE * 8));
    // where the second would need a negative weight it is left out
    double[][] obtuse = {{1, 0, 2}, {0, 0, 0}, {2, 0, 5}};
    assertThat(least(obtuse, 2)).isCloseTo(1, within(RIDGE * 8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void squared_twoEigenvalues_isTheLeastOfAllOnAGrid(long seed) {
    double[][] products = products(gradients(seed, 2, seed % 2 == 0 ? 2 : 5), 2);
    double spacing = 0.01;
    double best = Double.POSITIVE_INFINITY;
    for (double r = 0; r <= 1 + spacing / 2; r += spacing) {
      for (double angle = 0; angle < 2 * Math.PI; angle += spacing) {
        best = Math.min(best, squaredLength(products, Math.min(r, 1), angle));
      }
    }
    double found = least(products, 2);
    double largest = products[0][0] + 2 * products[1][1] + products[2][2];
    assertThat(found).isLessThanOrEqualTo(best + RIDGE * (largest + 4));
    // no point of the disc is farther than the spacing from one of the grid; a quadratic form
    assertThat(found).isGreaterThanOrEqualTo(best - 2 * largest * spacing * spacing);
  }

  /** ‖Σ W_ij·g_ij‖² for W = (1 + r·cos φ, r·sin φ; r·sin φ, 1 − r·cos φ)/2. */
  private static double squaredLength(double[][] products, double r, double angle) {
    double[] w = {
      (1 + r * Math.cos(angle)) / 2, r * Math.sin(angle), (1 - r * Math.cos(angle)) / 2
    };
    double sum = 0;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        sum += w[a] * w[b] * products[a][b];
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "3, 2", "1, 3", "2, 3", "3, 3"})
  void squared_eigenspaceInAnotherBasis_isTheSame(long seed, int order) {
    double[][][] gradients = gradients(seed, order, 4);
    RealMatrix turn = rotation(seed, order);
    double[][] products = products(gradients, order);
    double largest = 0;
    for (int a = 0; a < products.length; a++) {
      largest += 2 * products[a][a];
    }
    assertThat(least(products(turned(gradients, turn), order), order))
        .isCloseTo(least(products, order), within(RIDGE * (largest + 4)));
  }

  /**
   * Two eigenvalues whose gradients are at right angles hold themselves by the shares that make
   * both change alike: with a loss that slopes so that the first falls by itself, less oscillation
   * is along it.
   */
  @Test
  void weights_ofALossThatSlopes_changeAllEigenvaluesAlike() {
    double[][] products = {{6, 0, 0}, {0, 1, 0}, {0, 0, 3}};
    double[] slopes = {-0.4, 0, 0.1};

    LeastSharpnessGradient found = LeastSharpnessGradient.of(products, slopes, 2).orElseThrow();

    double first = found.weights().getEntry(0, 0);
    double second = found.weights().getEntry(1, 1);
    // the amplitude, per unit of flow time, from what the first eigenvalue and the norm agree on
    double amplitude = (2 + slopes[0]) / (4 + 6 * first);
    assertThat(-amplitude * 6 * first + slopes[0])
        .isCloseTo(-amplitude * 3 * second + slopes[2], within(1e-6));
    assertThat(first).isLessThan(1 / 3.0);
    assertThat(found.squared()).isCloseTo(6 * first * first + 3 * second * second, within(1e-6));
  }

  @Test
  void of_lossThatTakesAllBelowTheThresholdByItself_isEmpty() {
    assertThat(LeastSharpnessGradient.of(new double[][] {{1}}, new double[] {-3}, 1)).isEmpty();
  }

  private static double least(double[][] products, int order) {
    return LeastSharpnessGradient.of(products, new double[products.length], order)
        .orElseThrow()
        .squared();
  }

  private static double[][][] gradients(long seed, int order, int dimension) {
    Random random = new Random(seed);
    double[][][] gradients = new double[order][order][dimension];
    for (int i = 0; i < order; i++) {
      for (int j = i; j < order; j++) {
        for (int d = 0; d < dimension; d++) {
          gradients[i][j][d] = random.nextGaussian();
        }
        gradients[j][i] = gradients[i][j];
      }
    }
    return gradients;
  }

  private static double[][] products(double[][][] gradients, int order) {
    double[][] products = new double[SymmetricBasis.size(order)][SymmetricBasis.size(order)];
    int a = 0;
    for (int i = 0; i < order; i++) {
      for (int j = i; j < order; j++) {
        int b = 0;
        for (int k = 0; k < order; k++) {
          for (int l = k; l < order; l++) {
            products[a][b++] = dot(gradients[i][j], gradients[k][l]);
          }
        }
        a++;
      }
    }
    return products;
  }

  private static double[][][] turned(double[][][] gradients, RealMatrix turn) {
    int order = gradients.length;
    int dimension = gradients[0][0].length;
    double[][][] turned = new double[order][order][dimension];
    for (int d = 0; d < dimension; d++) {
      RealMatrix slice = new Array2DRowRealMatrix(order, order);
      for (int i = 0; i < order; i++) {
        for (int j = 0; j < order; j++) {
          slice.setEntry(i, j, gradients[i][j][d]);
        }
      }
      RealMatrix image = turn.multiply(slice).multiplyTransposed(turn);
      for (int i = 0; i < order; i++) {
        for (int j = 0; j < order; j++) {
          turned[i][j][d] = image.getEntry(i, j);
        }
      }
    }
    return turned;
  }

  /** Givens rotations in every plane of two axes. */
  private static RealMatrix rotation(long seed, int order) {
    Random random = new Random(seed);
    RealMatrix turn = new Array2DRowRealMatrix(order, order);
    for (int i = 0; i < order; i++) {
      turn.setEntry(i, i, 1);
    }
    for (int i = 0; i < order; i++) {
      for (int j = i + 1; j < order; j++) {
        double angle = 2 * Math.PI * random.nextDouble();
        for (int row = 0; row < order; row++) {
          double a = turn.getEntry(row, i);
          double b = turn.getEntry(row, j);
          turn.setEntry(row, i, a * Math.cos(angle) - b * Math.sin(angle));
          turn.setEntry(row, j, a * Math.sin(angle) + b * Math.cos(angle));
        }
      }
    }
    return turn;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
