package brink.trainer.flow;

import brink.trainer.curvature.SmallSymmetricEigen;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.jspecify.annotations.Nullable;

/**
 * The covariance X of the oscillation on k eigenvectors that holds their eigenvalues at the edge: X
 * ⪰ 0, R = B + K·X ⪰ 0, ⟨X, R⟩ = 0, a semidefinite complementarity problem (after Cohen et al.,
 * arXiv 2410.24206). K is symmetric and not negative, so that X is the minimum of ½⟨X, KX⟩ + ⟨B, X⟩
 * over X ⪰ 0. In coordinates of {@link SymmetricBasis}.
 *
 * <p>For k = 1 that is max(0, −B/K). Else X = 0 and X = −K⁻¹B are tried, and what neither solves,
 * where X is on the cone's boundary, by the alternating direction method of multipliers (Boyd et
 * al., 2011).
 */
final class OscillationCovariance {
  private static final int MOST_ITERATIONS = 20_000;

  /** Relative change at which the iteration stops, some hundred roundings. */
  private static final double TOLERANCE = 1e-13;

  /** Relative size of what rounding and the iteration leave of a zero. */
  private static final double ZERO = 1e-9;

  /**
   * Added to K, relative to its largest eigenvalue: where K vanishes, as where the eigenvectors i
   * and j do not turn each other, rounding would choose X_ij.
   */
  private static final double RIDGE = 1e-7;

  /** Directions in which K has less of it hardly matter for the iteration's speed. */
  private static final double SMALLEST_CURVATURE = 1e-4;

  private final RealMatrix response;
  private final RealVector drift;
  private final int order;

  /**
   * @param response K, not modified
   * @param drift B, not modified
   * @param order k
   */
  OscillationCovariance(RealMatrix response, RealVector drift, int order) {
    double ridge = RIDGE * eigen(response).value(0);
    this.response = response.add(identity(response).scalarMultiply(ridge));
    this.drift = drift;
    this.order = order;
  }

  /**
   * X, k×k.
   *
   * @throws FlowException if there is none, or it is not found
   */
  RealMatrix solve() {
    if (isPositive(SymmetricBasis.matrix(drift, order))) {
      return new Array2DRowRealMatrix(order, order);
    }
    RealMatrix interior = interior();
    return interior != null ? interior : onTheBoundary();
  }

  /**
   * The change of X per change of B while X keeps its range: E(EᵀKE)⁻¹Eᵀ, up to the sign, with the
   * columns of E an orthonormal basis of the symmetric matrices on that range.
   *
   * @param covariance X
   */
  RealMatrix sensitivity(RealMatrix covariance) {
    List<RealVector> face = face(covariance);
    int size = SymmetricBasis.size(order);
    if (face.isEmpty()) {
      return new Array2DRowRealMatrix(size, size);
    }
    RealMatrix basis = new Array2DRowRealMatrix(size, face.size());
    for (int i = 0; i < face.size(); i++) {
      basis.setColumnVector(i, face.get(i));
    }
    RealMatrix onFace = basis.transposeMultiply(response.multiply(basis));
    return basis.multiply(MatrixUtils.inverse(onFace)).multiplyTransposed(basis);
  }

  private List<RealVector> face(RealMatrix covariance) {
    SmallSymmetricEigen eigen = eigen(covariance);
    List<RealVector> range = new ArrayList<>();
    for (int i = 0; i < order; i++) {
      if (eigen.value(i) > ZERO * eigen.value(0)) {
        range.add(vector(eigen, i));
      }
    }
    List<RealVector> face = new ArrayList<>();
    for (int i = 0; i < range.size(); i++) {
      for (int j = i; j < range.size(); j++) {
        RealMatrix product = range.get(i).outerProduct(range.get(j));
        RealMatrix symmetric = product.add(product.transpose());
        face.add(SymmetricBasis.coordinates(symmetric).unitVector());
      }
    }
    return face;
  }

  private @Nullable RealMatrix interior() {
    var solver = new CholeskyDecomposition(response).getSolver();
    RealVector solution = solver.solve(drift).mapMultiply(-1);
    RealMatrix covariance = SymmetricBasis.matrix(solution, order);
    return isPositive(covariance) ? covariance : null;
  }

  private RealMatrix onTheBoundary() {
    SmallSymmetricEigen eigen = eigen(response);
    // of fastest convergence for a quadratic
    double penalty =
        eigen.value(0) * Math.sqrt(Math.max(smallest(eigen) / eigen.value(0), SMALLEST_CURVATURE));
    RealMatrix penalized = response.add(identity(response).scalarMultiply(penalty));
    var solver = new CholeskyDecomposition(penalized).getSolver();
    RealVector positive = drift.mapMultiply(0);
    RealVector dual = positive;
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      RealVector free = solver.solve(positive.subtract(dual).mapMultiply(penalty).subtract(drift));
      RealVector next = positivePart(free.add(dual));
      dual = dual.add(free).subtract(next);
      double moved = next.getDistance(positive);
      positive = next;
      double scale = TOLERANCE * (next.getNorm() + dual.getNorm());
      if (moved <= scale && free.getDistance(next) <= scale) {
        return SymmetricBasis.matrix(positive, order);
      }
    }
    throw new FlowException("the oscillation that holds the edge was not found");
  }

  private RealVector positivePart(RealVector coordinates) {
    SmallSymmetricEigen eigen = eigen(SymmetricBasis.matrix(coordinates, order));
    RealMatrix part = new Array2DRowRealMatrix(order, order);
    for (int i = 0; i < order && eigen.value(i) > 0; i++) {
      RealVector v = vector(eigen, i);
      part = part.add(v.outerProduct(v).scalarMultiply(eigen.value(i)));
    }
    return SymmetricBasis.coordinates(part);
  }

  private static boolean isPositive(RealMatrix symmetric) {
    return smallest(eigen(symmetric)) >= 0;
  }

  private static SmallSymmetricEigen eigen(RealMatrix symmetric) {
    return SmallSymmetricEigen.of(symmetric.getData(), symmetric.getRowDimension());
  }

  private static RealMatrix identity(RealMatrix like) {
    return MatrixUtils.createRealIdentityMatrix(like.getRowDimension());
  }

  private static double smallest(SmallSymmetricEigen eigen) {
    return eigen.value(eigen.size() - 1);
  }

  private static RealVector vector(SmallSymmetricEigen eigen, int i) {
    return new ArrayRealVector(eigen.vector(i), false);
  }
}
