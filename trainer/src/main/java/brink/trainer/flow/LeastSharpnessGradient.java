package brink.trainer.flow;

import java.util.OptionalDouble;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * G*², which takes the place of G² where k eigenvalues stand at the threshold (docs/theory.md): the
 * least ‖Σ_ij W_ij·g_ij‖² over W ⪰ 0, tr W = 1, with g_ij = P_Γ·∇³L(v_i, v_j, ·)/λ. It does not
 * depend on which orthonormal basis of the eigenspace the v_i are.
 *
 * <p>The oscillation that holds the eigenvalues has the covariance X = x·W that minimises ½⟨X, (M +
 * 4·I⊗I)X⟩ − 2η_in·tr X, with M the inner products of the g_ij: that is W.
 */
public final class LeastSharpnessGradient {
  private LeastSharpnessGradient() {}

  /**
   * G*². For k = 1 that is ‖g₁₁‖².
   *
   * @param products ⟨g_a, g_b⟩ with a and b in the order (1,1), (1,2), … (1,k), (2,2), …; not
   *     modified
   * @param order k
   * @return empty where the minimum is not found
   */
  public static OptionalDouble squared(double[][] products, int order) {
    RealMatrix gram = inCoordinates(products, order);
    RealVector identity = SymmetricBasis.identity(order);
    RealMatrix response = gram.add(identity.outerProduct(identity).scalarMultiply(4));
    RealVector drift = identity.mapMultiply(-2);
    RealMatrix covariance;
    try {
      covariance = new OscillationCovariance(response, drift, order).solve();
    } catch (FlowException notFound) {
      return OptionalDouble.empty();
    }
    RealVector weights = SymmetricBasis.coordinates(covariance).mapDivide(covariance.getTrace());
    return OptionalDouble.of(gram.operate(weights).dotProduct(weights));
  }

  private static RealMatrix inCoordinates(double[][] products, int order) {
    double[] weights = new double[products.length];
    int next = 0;
    for (int i = 0; i < order; i++) {
      for (int j = i; j < order; j++) {
        weights[next++] = SymmetricBasis.weight(i, j);
      }
    }
    RealMatrix gram = new Array2DRowRealMatrix(products.length, products.length);
    for (int a = 0; a < products.length; a++) {
      for (int b = 0; b < products.length; b++) {
        gram.setEntry(a, b, weights[a] * weights[b] * products[a][b]);
      }
    }
    return gram;
  }
}
