package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;

/**
 * G² = ‖∇_Γ log λ₁‖², measured without a model: the gradient of the sharpness ∇λ₁ = ∇³L(v₁, v₁, ·)
 * at θ, projected on the tangent space of the manifold Γ of minimisers, over λ₁.
 *
 * <p>∇³L(v, v, ·) ≈ (∇²L(θ+εv)·v − ∇²L(θ−εv)·v)/2ε with exact Hessian-vector products; its error is
 * O(ε²) + O(u/ε), where second differences of gradients would have O(u/ε²). The tangent space of Γ
 * is the near-null space of the spherical Hessian. How much of ∇λ₁ lies in it is read off the
 * spectral measure of the Hessian at ∇λ₁, by Lanczos quadrature (Golub and Meurant, Matrices,
 * Moments and Quadrature, 1994): exact when the steps reach the number of distinct eigenvalues,
 * otherwise an approximation in which eigenvalues near the threshold are told apart only to about
 * λ₁/steps².
 *
 * <p>Means something near Γ only, that is where the loss has converged up to the oscillation. One
 * measurement costs three linearizations and up to steps + 2 Hessian-vector products, and leaves
 * the landscape linearized at θ.
 */
public final class LogSharpnessGradient {
  /** Lanczos steps that resolve a spectrum down to a thousandth of λ₁ in practice. */
  public static final int DEFAULT_STEPS = 40;

  // In bn-linear the smallest curvature off Γ is 1e-2·λ₁, and the oscillation at the edge lifts the
  // null space to −4e-6·λ₁: the threshold lies between the two.
  private static final double NEAR_NULL = 1e-3;
  // Lanczos has exhausted the space that it can see.
  private static final double EXHAUSTED = 1e-10;

  private final Landscape landscape;
  private final Kernels kernels;
  private final double epsilon;
  private final OrthonormalBasis basis;
  private final Tensor gradient;
  private final Tensor point;

  /**
   * @param steps largest number of Lanczos steps; as many vectors are allocated
   */
  public LogSharpnessGradient(Landscape landscape, int steps) {
    this.landscape = landscape;
    kernels = landscape.kernels();
    // balances the truncation ε² with the rounding u/ε
    epsilon = Math.cbrt(kernels.precision().unitRoundoff());
    int dimension = landscape.dimension();
    basis = new OrthonormalBasis(kernels, Math.min(steps, dimension - 1), dimension);
    gradient = kernels.allocate(1, dimension);
    point = kernels.allocate(1, dimension);
  }

  /**
   * Measures G².
   *
   * @param direction θ, of length 1, not modified
   * @param vector v₁ at θ, of length 1, not modified
   * @param sharpness λ₁ at θ, positive
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public double measure(Tensor direction, Tensor vector, double sharpness) {
    differentiate(direction, vector);
    SphericalHessian hessian =
        new SphericalHessian(kernels, landscape.linearize(direction), direction, 1);
    // λ₁ moves along v₁ too, but that leaves Γ
    hessian.project(gradient);
    kernels.axpy(-kernels.dot(vector, gradient), vector, gradient);
    double gradientSquared = kernels.dot(gradient, gradient);
    if (gradientSquared == 0) {
      return 0;
    }
    double share = nearNullShare(hessian, NEAR_NULL * sharpness);
    return share * gradientSquared / (sharpness * sharpness);
  }

  /** gradient ← ∇³L(θ)(v, v, ·). */
  private void differentiate(Tensor direction, Tensor vector) {
    displace(direction, epsilon, vector);
    landscape.linearize(point).hessianVectorProduct(vector, gradient);
    kernels.scale(1 / (2 * epsilon), gradient);
    displace(direction, -epsilon, vector);
    Tensor behind = basis.row(0);
    landscape.linearize(point).hessianVectorProduct(vector, behind);
    kernels.axpy(-1 / (2 * epsilon), behind, gradient);
  }

  private void displace(Tensor direction, double by, Tensor vector) {
    kernels.copy(direction, point);
    kernels.axpy(by, vector, point);
  }

  /** Share of ‖gradient‖² in the eigenspaces with |λ| ≤ threshold. */
  private double nearNullShare(SphericalHessian hessian, double threshold) {
    double[][] tridiagonal = new double[basis.capacity()][basis.capacity()];
    basis.truncate(0);
    basis.add(gradient, hessian, 0);
    double reach = 0;
    while (true) {
      int last = basis.size() - 1;
      hessian.apply(basis.row(last), point);
      double diagonal = kernels.dot(basis.row(last), point);
      tridiagonal[last][last] = diagonal;
      reach = Math.max(reach, Math.abs(diagonal));
      if (basis.size() == basis.capacity()) {
        break;
      }
      double next = basis.add(point, hessian, EXHAUSTED);
      if (next <= EXHAUSTED * reach) {
        basis.truncate(last + 1);
        break;
      }
      tridiagonal[last][last + 1] = next;
      tridiagonal[last + 1][last] = next;
    }
    return weightWithin(SmallSymmetricEigen.of(tridiagonal, basis.size()), threshold);
  }

  private static double weightWithin(SmallSymmetricEigen eigen, double threshold) {
    double weight = 0;
    for (int i = 0; i < eigen.size(); i++) {
      if (Math.abs(eigen.value(i)) <= threshold) {
        weight += eigen.vector(i)[0] * eigen.vector(i)[0];
      }
    }
    return weight;
  }
}
