package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;

/**
 * How log-sharpness changes along the manifold Γ of minimisers, measured without a model: the
 * vectors g_ij = P_Γ·∇³L(θ)(v_i, v_j, ·)/λ on the leading eigenvectors, of which g₁₁ = ∇_Γ log λ₁
 * and G² = ‖g₁₁‖².
 *
 * <p>∇³L(u, v, ·) ≈ (∇²L(θ+εu)·v − ∇²L(θ−εu)·v)/2ε with exact Hessian-vector products; its error is
 * O(ε²) + O(u/ε), where second differences of gradients would have O(u/ε²). Products that round
 * their factors more than by u are done without ({@link Kernels#precisely}): the difference would
 * be of roundings, and near-null eigenvalues, λ₁/1000, lost among them. P_Γ is that of {@link
 * ManifoldTangent}.
 *
 * <p>Means something near Γ only, that is where the loss has converged up to the oscillation. Every
 * measurement leaves the landscape linearized at θ.
 */
public final class LogSharpnessGradient {
  /** Lanczos steps that resolve a spectrum down to a thousandth of λ₁ in practice. */
  public static final int DEFAULT_STEPS = 40;

  private final Landscape landscape;
  private final Kernels kernels;
  private final double epsilon;
  private final ManifoldTangent tangent;
  private final Tensor point;
  private final Tensor[] gradients;

  /**
   * @param steps largest number of Lanczos steps; as many vectors are allocated
   * @param most k, the most eigenvectors to be measured together
   */
  public LogSharpnessGradient(Landscape landscape, int steps, int most) {
    this.landscape = landscape;
    kernels = landscape.kernels();
    // balances the truncation ε² with the rounding u/ε
    epsilon = Math.cbrt(kernels.precision().unitRoundoff());
    int dimension = landscape.dimension();
    tangent = new ManifoldTangent(kernels, steps, dimension);
    point = kernels.allocate(1, dimension);
    gradients = new Tensor[pairs(most)];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = kernels.allocate(1, dimension);
    }
  }

  /** Number of the g_ij, i ≤ j ≤ k. */
  public static int pairs(int count) {
    return count * (count + 1) / 2;
  }

  /**
   * Measures G². Costs three linearizations and up to steps + 2 Hessian-vector products.
   *
   * @param direction θ, of length 1, not modified
   * @param vector v₁ at θ, of length 1, not modified
   * @param sharpness λ₁ at θ, positive
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public double measure(Tensor direction, Tensor vector, double sharpness) {
    return kernels.precisely(() -> squaredLength(direction, vector, sharpness));
  }

  private double squaredLength(Tensor direction, Tensor vector, double sharpness) {
    differentiate(direction, vector, 1);
    SphericalHessian hessian = hessian(direction);
    Tensor gradient = gradients[0];
    removeAcross(hessian, vector, 1, gradient);
    double gradientSquared = kernels.dot(gradient, gradient);
    return gradientSquared == 0
        ? 0
        : tangent.share(hessian, gradient, sharpness) * gradientSquared / (sharpness * sharpness);
  }

  /**
   * Inner products of the g_ij, (1,1), (1,2), … (1,k), (2,2), … in rows and columns. Costs 2k + 1
   * linearizations, k(k + 1) Hessian-vector products, and up to as many as there are Lanczos steps
   * for every pair.
   *
   * @param direction θ, of length 1, not modified
   * @param vectors k×dimension, orthonormal eigenvectors at θ in rows, not modified
   * @param sharpness λ of all of them, positive
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public double[][] innerProducts(Tensor direction, Tensor vectors, double sharpness) {
    return kernels.precisely(() -> gram(direction, vectors, sharpness));
  }

  private double[][] gram(Tensor direction, Tensor vectors, double sharpness) {
    int count = vectors.rows();
    differentiate(direction, vectors, count);
    SphericalHessian hessian = hessian(direction);
    double[][] products = new double[pairs(count)][pairs(count)];
    for (int a = 0; a < products.length; a++) {
      removeAcross(hessian, vectors, count, gradients[a]);
      tangent.project(hessian, gradients[a], sharpness);
      for (int b = 0; b <= a; b++) {
        double product = kernels.dot(gradients[a], gradients[b]) / (sharpness * sharpness);
        products[a][b] = product;
        products[b][a] = product;
      }
    }
    return products;
  }

  private SphericalHessian hessian(Tensor direction) {
    return new SphericalHessian(kernels, landscape.linearize(direction).defined(), direction, 1);
  }

  /** gradients ← ∇³L(θ)(v_i, v_j, ·) for i ≤ j. */
  private void differentiate(Tensor direction, Tensor vectors, int count) {
    int next = 0;
    for (int i = 0; i < count; i++) {
      Tensor along = vectors.row(i);
      displace(direction, epsilon, along);
      Linearization ahead = landscape.linearize(point).defined();
      for (int j = i; j < count; j++) {
        ahead.hessianVectorProduct(vectors.row(j), gradients[next + j - i]);
      }
      displace(direction, -epsilon, along);
      Linearization behind = landscape.linearize(point).defined();
      for (int j = i; j < count; j++) {
        behind.hessianVectorProduct(vectors.row(j), tangent.scratch());
        Tensor gradient = gradients[next++];
        kernels.scale(1 / (2 * epsilon), gradient);
        kernels.axpy(-1 / (2 * epsilon), tangent.scratch(), gradient);
      }
    }
  }

  // λ moves along θ and the eigenvectors too, but that leaves Γ.
  private void removeAcross(SphericalHessian hessian, Tensor vectors, int count, Tensor gradient) {
    hessian.project(gradient);
    for (int i = 0; i < count; i++) {
      Tensor v = vectors.row(i);
      kernels.removeComponent(v, gradient);
    }
  }

  private void displace(Tensor direction, double by, Tensor vector) {
    kernels.copy(direction, point);
    kernels.axpy(by, vector, point);
  }
}
