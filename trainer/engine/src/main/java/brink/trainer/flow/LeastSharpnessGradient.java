package brink.trainer.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * G*², which takes the place of G² where k eigenvalues stand at the threshold (docs/theory.md): the
 * squared length of Σ_ij W_ij·g_ij with g_ij = P_Γ·∇³L(v_i, v_j, ·)/λ and W the covariance of the
 * oscillation that holds them all there, of trace 1. At minimisers that is the least length over W
 * ⪰ 0, tr W = 1. It does not depend on which orthonormal basis of the eigenspace the v_i are.
 *
 * <p>The covariance X = x·W minimises ½⟨X, (M + 4·I⊗I)X⟩ − ⟨2·I + U, X⟩, with M the inner products
 * of the g_ij and U_ij what the loss's own slope changes the eigenvalues by.
 *
 * @param squared G*²
 * @param weights W, k×k, symmetric
 */
public record LeastSharpnessGradient(double squared, RealMatrix weights) {
  /**
   * Finds it. For k = 1, G*² is ‖g₁₁‖².
   *
   * @param products ⟨g_a, g_b⟩ with a and b in the order (1,1), (1,2), … (1,k), (2,2), …; not
   *     modified
   * @param slopeRates U_ij in that order, d log λ/dτ by the slope of the loss along Γ: 0 at
   *     minimisers; not modified
   * @param order k
   * @return empty where the minimum is not found, or nothing oscillates there
   */
  public static Optional<LeastSharpnessGradient> of(
      double[][] products, double[] slopeRates, int order) {
    RealMatrix gram = inCoordinates(products, order);
    RealVector identity = SymmetricBasis.identity(order);
    RealMatrix response = gram.add(identity.outerProduct(identity).scalarMultiply(4));
    RealVector drift = identity.mapMultiply(-2).subtract(inCoordinates(slopeRates, order));
    RealMatrix covariance;
    try {
      covariance = new OscillationCovariance(response, drift, order).solve();
    } catch (FlowException notFound) {
      return Optional.empty();
    }
    if (!(covariance.getTrace() > 0)) {
      return Optional.empty();
    }
    RealVector weights = SymmetricBasis.coordinates(covariance).mapDivide(covariance.getTrace());
    double squared = gram.operate(weights).dotProduct(weights);
    return Optional.of(new LeastSharpnessGradient(squared, SymmetricBasis.matrix(weights, order)));
  }

  /** What Σ_ij W_ij·g_ij is made of by g_ij with i ≤ j, in the order of the inner products. */
  public List<Double> coefficients() {
    int order = weights.getRowDimension();
    List<Double> coefficients = new ArrayList<>();
    for (int i = 0; i < order; i++) {
      for (int j = i; j < order; j++) {
        coefficients.add((i == j ? 1 : 2) * weights.getEntry(i, j));
      }
    }
    return coefficients;
  }

  /** W_ii. */
  public List<Double> leadingWeights() {
    return IntStream.range(0, weights.getRowDimension())
        .mapToObj(i -> weights.getEntry(i, i))
        .toList();
  }

  private static RealMatrix inCoordinates(double[][] products, int order) {
    double[] weights = weights(order);
    RealMatrix gram = new Array2DRowRealMatrix(products.length, products.length);
    for (int a = 0; a < products.length; a++) {
      for (int b = 0; b < products.length; b++) {
        gram.setEntry(a, b, weights[a] * weights[b] * products[a][b]);
      }
    }
    return gram;
  }

  private static RealVector inCoordinates(double[] entries, int order) {
    return new ArrayRealVector(entries).ebeMultiply(new ArrayRealVector(weights(order)));
  }

  private static double[] weights(int order) {
    double[] weights = new double[order * (order + 1) / 2];
    int next = 0;
    for (int i = 0; i < order; i++) {
      for (int j = i; j < order; j++) {
        weights[next++] = SymmetricBasis.weight(i, j);
      }
    }
    return weights;
  }
}
