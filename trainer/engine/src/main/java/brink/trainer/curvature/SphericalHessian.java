package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Linearization;

/**
 * The spherical Hessian v ↦ P·∇²L(θ)·P·v, P = I − θθᵀ, from a linearization at any w on the ray of
 * θ: the Hessian of a scale-invariant loss obeys ∇²L(θ) = ‖w‖²·∇²L(w). One application costs one
 * Hessian-vector product.
 */
final class SphericalHessian implements SymmetricOperator {
  private final Kernels kernels;
  private final Linearization linearization;
  private final Tensor direction;
  private final double normSquared;

  /**
   * @param linearization at w
   * @param direction θ = w/‖w‖, 1×dimension; kept, not modified
   * @param norm ‖w‖
   */
  SphericalHessian(Kernels kernels, Linearization linearization, Tensor direction, double norm) {
    this.kernels = kernels;
    this.linearization = linearization;
    this.direction = direction;
    this.normSquared = norm * norm;
  }

  @Override
  public int dimension() {
    return direction.columns();
  }

  @Override
  public int rank() {
    return dimension() - 1;
  }

  @Override
  public void apply(Tensor v, Tensor result) {
    linearization.hessianVectorProduct(v, result);
    kernels.scale(normSquared, result);
    project(result);
  }

  @Override
  public void applyToRows(Tensor vectors, Tensor results) {
    linearization.hessianVectorProducts(vectors, results);
    kernels.scale(normSquared, results);
    for (int i = 0; i < results.rows(); i++) {
      project(results.row(i));
    }
  }

  @Override
  public void project(Tensor v) {
    SphereGeometry.projectOnTangent(kernels, direction, v);
  }
}
