package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/**
 * The tangent space of the manifold Γ of minimisers at a point: the near-null space of the
 * spherical Hessian there, |λ| ≤ 1e-3·λ₁.
 *
 * <p>How much of a vector lies in it is read off the spectral measure of the Hessian at the vector,
 * by Lanczos quadrature (Golub and Meurant, Matrices, Moments and Quadrature, 1994): exact when the
 * steps reach the number of distinct eigenvalues, otherwise an approximation in which eigenvalues
 * near the threshold are told apart only to about λ₁/steps². One vector costs up to that many
 * Hessian-vector products.
 */
final class ManifoldTangent {
  // In bn-linear the smallest curvature off Γ is 1e-2·λ₁, and the oscillation at the edge lifts the
  // null space to −4e-6·λ₁: the threshold lies between the two.
  private static final double NEAR_NULL = 1e-3;
  // Lanczos has exhausted the space that it can see.
  private static final double EXHAUSTED = 1e-10;

  private final Kernels kernels;
  private final OrthonormalBasis basis;
  private final Tensor image;
  private final Tensor weights;
  private double lagging;

  /**
   * @param steps largest number of Lanczos steps; as many vectors are allocated
   * @param dimension of the weights
   */
  ManifoldTangent(Kernels kernels, int steps, int dimension) {
    this.kernels = kernels;
    basis = new OrthonormalBasis(kernels, Math.min(steps, dimension - 1), dimension);
    image = kernels.allocate(1, dimension);
    weights = kernels.allocate(1, basis.capacity());
  }

  /** A vector that is free between two calls. */
  Tensor scratch() {
    return basis.row(0);
  }

  /**
   * v ← its part in the tangent space.
   *
   * @param v tangent to the sphere, modified
   * @param sharpness λ₁
   * @return Hessian-vector products spent
   */
  int project(SphericalHessian hessian, Tensor v, double sharpness) {
    double length = kernels.norm(v);
    lagging = 0;
    if (length == 0) {
      return 0;
    }
    SmallSymmetricEigen measure = measure(hessian, v);
    double[] coordinates = new double[basis.capacity()];
    for (int i = 0; i < measure.size(); i++) {
      double[] vector = measure.vector(i);
      if (Math.abs(measure.value(i)) > NEAR_NULL * sharpness) {
        double part = length * vector[0];
        lagging += part * part * sharpness / Math.abs(measure.value(i));
      } else {
        for (int j = 0; j < vector.length; j++) {
          coordinates[j] += length * vector[0] * vector[j];
        }
      }
    }
    weights.set(coordinates);
    int size = measure.size();
    kernels.gemm(false, false, 1, weights.view(0, 1, size), basis.rows(size), 0, v);
    return size;
  }

  /**
   * Σ_j v_j²·λ₁/|λ_j| over the eigenvectors j across Γ, of the v that was projected last: what
   * moves in them follows a force along v the later, the smaller their curvature is.
   */
  double lagging() {
    return lagging;
  }

  /** The Hessian on the Krylov space of v, which the basis then holds. */
  private SmallSymmetricEigen measure(SphericalHessian hessian, Tensor v) {
    double[][] tridiagonal = new double[basis.capacity()][basis.capacity()];
    basis.truncate(0);
    basis.add(v, hessian, 0);
    double reach = 0;
    while (true) {
      int last = basis.size() - 1;
      hessian.apply(basis.row(last), image);
      double diagonal = kernels.dot(basis.row(last), image);
      tridiagonal[last][last] = diagonal;
      reach = Math.max(reach, Math.abs(diagonal));
      if (basis.size() == basis.capacity()) {
        break;
      }
      double next = basis.add(image, hessian, EXHAUSTED);
      if (next <= EXHAUSTED * reach) {
        basis.truncate(last + 1);
        break;
      }
      tridiagonal[last][last + 1] = next;
      tridiagonal[last + 1][last] = next;
    }
    return SmallSymmetricEigen.of(tridiagonal, basis.size());
  }
}
