package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SmallSymmetricEigen;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OscillationCovarianceTest {
  // the ridge moves R by 1e-7 of K's largest eigenvalue times X, and that is all
  private static final double RIDGE = 1e-6;

  @ParameterizedTest
  @CsvSource({"-3, 1.5", "3, 0", "0, 0"})
  void solve_oneEigenvalue_isTheClosedForm(double drift, double expected) {
    RealMatrix response = new Array2DRowRealMatrix(new double[][] {{2}});
    var problem = new OscillationCovariance(response, new ArrayRealVector(1, drift), 1);

    assertThat(problem.solve().getEntry(0, 0)).isCloseTo(expected, within(RIDGE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void solve_anyProblem_isComplementary(long seed) {
    Random random = new Random(seed);
    int order = 2 + (int) (seed % 2);
    int size = SymmetricBasis.size(order);
    RealMatrix factor = new Array2DRowRealMatrix(size, size + 2);
    RealVector drift = new ArrayRealVector(size);
    for (int i = 0; i < size; i++) {
      drift.setEntry(i, random.nextGaussian());
      for (int j = 0; j < size + 2; j++) {
        factor.setEntry(i, j, random.nextGaussian());
      }
    }
    RealMatrix response = factor.multiplyTransposed(factor);

    requireComplementary(response, drift, order);
  }

  @Test
  void solve_secondEigenvalueBelowTheEdge_isOfRankOne() {
    RealMatrix response =
        new Array2DRowRealMatrix(new double[][] {{8, 1, 3}, {1, 2, 1}, {3, 1, 7}});
    RealVector drift = new ArrayRealVector(new double[] {-2, 0, 500});

    RealMatrix covariance = requireComplementary(response, drift, 2);
    // and not at all turned away from the first eigenvector but by 1/500
    assertThat(covariance.getEntry(0, 0)).isCloseTo(0.25, within(0.01));
    assertThat(covariance.getEntry(1, 1)).isBetween(0.0, 1e-4);
  }

  @Test
  void solve_eigenvectorsThatDoNotTurnEachOther_areUncorrelated() {
    RealMatrix response =
        new Array2DRowRealMatrix(new double[][] {{8, 0, 3}, {0, 0, 0}, {3, 0, 7}});
    RealVector drift = new ArrayRealVector(new double[] {-2, 1e-12, -2});

    RealMatrix covariance = requireComplementary(response, drift, 2);
    // 2×2: 8x + 3y = 2, 3x + 7y = 2
    assertThat(covariance.getEntry(0, 0)).isCloseTo(8.0 / 47, within(RIDGE));
    assertThat(covariance.getEntry(1, 1)).isCloseTo(10.0 / 47, within(RIDGE));
    assertThat(covariance.getEntry(0, 1)).isCloseTo(0, within(RIDGE));
  }

  @Test
  void sensitivity_onAFace_isTheChangeOfTheSolution() {
    RealMatrix response =
        new Array2DRowRealMatrix(new double[][] {{8, 1, 3}, {1, 2, 1}, {3, 1, 7}});
    RealVector drift = new ArrayRealVector(new double[] {-2, -0.3, -1.5});
    RealVector change = new ArrayRealVector(new double[] {0.7, -0.2, 0.4}).mapMultiply(1e-3);
    var problem = new OscillationCovariance(response, drift, 2);
    var moved = new OscillationCovariance(response, drift.add(change), 2);

    RealMatrix covariance = problem.solve();
    RealVector expected = SymmetricBasis.coordinates(moved.solve().subtract(covariance));
    RealVector found = problem.sensitivity(covariance).operate(change).mapMultiply(-1);
    // X is positive definite here, so that the problem is linear
    assertThat(found.getDistance(expected)).isLessThan(1e-12);
  }

  private static RealMatrix requireComplementary(RealMatrix response, RealVector drift, int order) {
    RealMatrix covariance = new OscillationCovariance(response, drift, order).solve();
    RealVector x = SymmetricBasis.coordinates(covariance);
    RealVector r = drift.add(response.operate(x));
    double scale = RIDGE * (1 + drift.getNorm());
    assertThat(smallest(covariance)).isGreaterThanOrEqualTo(-scale);
    assertThat(smallest(SymmetricBasis.matrix(r, order))).isGreaterThanOrEqualTo(-scale);
    assertThat(x.dotProduct(r)).isCloseTo(0, within(scale));
    return covariance;
  }

  private static double smallest(RealMatrix symmetric) {
    int order = symmetric.getRowDimension();
    return SmallSymmetricEigen.of(symmetric.getData(), order).value(order - 1);
  }
}
