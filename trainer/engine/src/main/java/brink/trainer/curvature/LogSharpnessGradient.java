package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
 * measurement leaves the landscape linearized at θ, and the vectors here until the next one.
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
  private final Tensor[] differences;
  private final Tensor slope;
  private @Nullable Place place;
  private long linearizations;
  private long products;

  /** Where the last measurement was. */
  private record Place(Linearization linearization, SphericalHessian hessian, double sharpness) {}

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
    differences = new Tensor[pairs(most)];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = kernels.allocate(1, dimension);
      differences[i] = kernels.allocate(1, dimension);
    }
    slope = kernels.allocate(1, dimension);
  }

  /** Number of the g_ij, i ≤ j ≤ k. */
  public static int pairs(int count) {
    return count * (count + 1) / 2;
  }

  /**
   * Measures ∇_Γ log λ₁, which {@link #gradient} then is, and returns G². Costs three
   * linearizations and up to steps + 2 Hessian-vector products.
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
    Place here = place(direction, sharpness);
    project(here, vector, 1, 0);
    return kernels.dot(gradients[0], gradients[0]);
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
    Place here = place(direction, sharpness);
    double[][] products = new double[pairs(count)][pairs(count)];
    for (int a = 0; a < products.length; a++) {
      project(here, vectors, count, a);
      for (int b = 0; b <= a; b++) {
        double product = kernels.dot(gradients[a], gradients[b]);
        products[a][b] = product;
        products[b][a] = product;
      }
    }
    return products;
  }

  /**
   * Combines the g_ij of the last {@link #innerProducts} to Σ c_ij·g_ij, which {@link #gradient}
   * then is.
   *
   * @param coefficients c in the order of the inner products
   */
  public void combine(List<Double> coefficients) {
    kernels.scale(coefficients.getFirst(), gradients[0]);
    for (int a = 1; a < coefficients.size(); a++) {
      kernels.axpy(coefficients.get(a), gradients[a], gradients[0]);
    }
  }

  /**
   * ⟨g_a, ∇L(θ)⟩ of the last measurement: how the loss slopes along the way that log-sharpness
   * rises, which it does not at a minimiser.
   *
   * @param pair a in the order of the inner products; 0 for what was measured or combined last
   */
  public double lossSlope(int pair) {
    return kernels.dot(gradients[pair], here().linearization.gradient());
  }

  /**
   * P_Γ·∇L(θ) where the last measurement was; 1×dimension, valid until the next time. Costs up to
   * as many Hessian-vector products as there are Lanczos steps.
   *
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public Tensor lossGradientOnManifold() {
    kernels.copy(here().linearization.gradient(), slope);
    projectOnManifold(slope);
    return slope;
  }

  private Place here() {
    return Objects.requireNonNull(place, "a measurement comes first");
  }

  /**
   * Σ_j g_j²·λ/|λ_j| over the eigenvectors j across Γ of what was measured last, before it was
   * projected on Γ: the smaller their curvatures λ_j, the later they follow the oscillation. Costs
   * nothing.
   */
  public double lagging() {
    Place here = here();
    return tangent.lagging() / (here.sharpness * here.sharpness);
  }

  /**
   * The same of what was combined last. Costs up to as many Hessian-vector products as there are
   * Lanczos steps.
   *
   * @param coefficients of the combination
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public double lagging(List<Double> coefficients) {
    Tensor sum = differences[0];
    kernels.scale(coefficients.getFirst(), sum);
    for (int a = 1; a < coefficients.size(); a++) {
      kernels.axpy(coefficients.get(a), differences[a], sum);
    }
    projectOnManifold(sum);
    return lagging();
  }

  /** What was measured or combined last, 1×dimension, tangent to Γ; valid until the next time. */
  public Tensor gradient() {
    return gradients[0];
  }

  /**
   * v ← its part tangent to Γ where the last measurement was, whose linearization must still be the
   * landscape's last. Costs up to as many Hessian-vector products as there are Lanczos steps.
   *
   * @param v 1×dimension, modified
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public void projectOnManifold(Tensor v) {
    Place here = here();
    kernels.precisely(
        () -> {
          here.hessian.project(v);
          products += tangent.project(here.hessian, v, here.sharpness);
          return v;
        });
  }

  /** Number of linearizations so far. */
  public long linearizations() {
    return linearizations;
  }

  /** Number of Hessian-vector products so far. */
  public long products() {
    return products;
  }

  private Linearization linearize(Tensor at) {
    linearizations++;
    return landscape.linearize(at).defined();
  }

  private Place place(Tensor direction, double sharpness) {
    Linearization here = linearize(direction);
    Place found = new Place(here, new SphericalHessian(kernels, here, direction, 1), sharpness);
    place = found;
    return found;
  }

  /** gradients ← ∇³L(θ)(v_i, v_j, ·) for i ≤ j. */
  private void differentiate(Tensor direction, Tensor vectors, int count) {
    products += 2L * pairs(count);
    int next = 0;
    for (int i = 0; i < count; i++) {
      Tensor along = vectors.row(i);
      displace(direction, epsilon, along);
      Linearization ahead = linearize(point);
      for (int j = i; j < count; j++) {
        ahead.hessianVectorProduct(vectors.row(j), gradients[next + j - i]);
      }
      displace(direction, -epsilon, along);
      Linearization behind = linearize(point);
      for (int j = i; j < count; j++) {
        behind.hessianVectorProduct(vectors.row(j), tangent.scratch());
        Tensor gradient = gradients[next++];
        kernels.scale(1 / (2 * epsilon), gradient);
        kernels.axpy(-1 / (2 * epsilon), tangent.scratch(), gradient);
      }
    }
  }

  /** gradient ← its part tangent to Γ, over λ. */
  private void project(Place here, Tensor vectors, int count, int pair) {
    Tensor gradient = gradients[pair];
    // λ moves along θ and the eigenvectors too, but that leaves Γ.
    here.hessian.project(gradient);
    for (int i = 0; i < count; i++) {
      Tensor v = vectors.row(i);
      kernels.removeComponent(v, gradient);
    }
    kernels.copy(gradient, differences[pair]);
    products += tangent.project(here.hessian, gradient, here.sharpness);
    kernels.scale(1 / here.sharpness, gradient);
  }

  private void displace(Tensor direction, double by, Tensor vector) {
    kernels.copy(direction, point);
    kernels.axpy(by, vector, point);
  }
}
