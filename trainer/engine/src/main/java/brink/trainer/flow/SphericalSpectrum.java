package brink.trainer.flow;

import brink.trainer.curvature.SmallSymmetricEigen;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Gradient and all eigenpairs of the Hessian of a loss on the unit sphere, at one point θ. None of
 * its vectors and matrices may be modified.
 *
 * @param gradient P·∇L(θ), P = I − θθᵀ
 * @param hessian P·∇²L(θ)·P, D×D
 * @param values its D − 1 eigenvalues on the tangent space, descending
 * @param vectors their eigenvectors, of length 1
 */
record SphericalSpectrum(
    RealVector gradient, RealMatrix hessian, RealVector values, List<RealVector> vectors) {
  /** θ gets an eigenvalue of minus this many norms of the Hessian, below all others. */
  private static final double BELOW_ALL = 2;

  /**
   * Decomposes the Hessian; costs O(D³).
   *
   * @param direction θ
   * @throws ArithmeticException if the Hessian is not finite, or the decomposition fails
   */
  static SphericalSpectrum of(RealVector direction, RealVector gradient, RealMatrix hessian) {
    double below = BELOW_ALL * hessian.getFrobeniusNorm() + Double.MIN_NORMAL;
    RealMatrix shifted = hessian.subtract(direction.outerProduct(direction).scalarMultiply(below));
    int rank = direction.getDimension() - 1;
    SmallSymmetricEigen eigen = SmallSymmetricEigen.of(shifted.getData(), rank + 1);
    RealVector values = new ArrayRealVector(rank);
    List<RealVector> vectors = new ArrayList<>(rank);
    for (int i = 0; i < rank; i++) {
      values.setEntry(i, eigen.value(i));
      vectors.add(new ArrayRealVector(eigen.vector(i), false));
    }
    return new SphericalSpectrum(gradient, hessian, values, vectors);
  }

  /** λ₁. */
  double sharpness() {
    return values.getEntry(0);
  }
}
