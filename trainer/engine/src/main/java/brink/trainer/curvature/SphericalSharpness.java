package brink.trainer.curvature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leading eigenvalues of the spherical Hessian P·∇²L(θ)·P, P = I − θθᵀ, at one point.
 *
 * @param point where it was taken
 * @param eigenvalues largest algebraic first
 * @param residuals ‖Hv − λv‖ of each, ‖v‖ = 1
 * @param hessianVectorProducts spent on it
 * @param alignment g·v₁/‖g‖ with the gradient at the iterate
 * @param logSharpnessGradientSquared G² from third differences; null where not measured
 * @param edgeGradient the same for all eigenvalues at the threshold; null where not measured, or
 *     where there is no more than one
 * @param slopeRate d log λ/dτ by the slope of the loss along the gradient whose squared length
 *     edgeGradient is, or else the one before it: −(η̃/η_in)·⟨g, ∇L⟩; null where not measured
 * @param lagging Σ_j g_j²·η_in·λ/(2|λ_j|) of that gradient, over the eigenvectors j across Γ; null
 *     likewise
 * @param missed what the followed eigenvector lacked of λ₁, relative to it, where a solution from
 *     random vectors checked it (and replaced it, if this is above 0); null where none did
 * @param loss L there; null at iterates, whose loss is the step's
 */
public record SphericalSharpness(
    Point point,
    List<Double> eigenvalues,
    List<Double> residuals,
    int hessianVectorProducts,
    @Nullable Double alignment,
    @Nullable Double logSharpnessGradientSquared,
    @Nullable EdgeGradient edgeGradient,
    @Nullable Double slopeRate,
    @Nullable Double lagging,
    @Nullable Double missed,
    @Nullable Double loss) {
  /**
   * G*², the least squared length of what the gradients of the eigenvalues at the threshold combine
   * to (docs/theory.md).
   *
   * @param eigenvalues k, how many of the published ones stand at the threshold
   * @param squared G*²
   */
  public record EdgeGradient(int eigenvalues, double squared) {}

  /** Where on the sphere curvature is taken. */
  public enum Point {
    /** θ_t. */
    ITERATE,
    /** (θ_t + θ_{t+1})/2, re-normalised. */
    MIDPOINT
  }

  /** λ₁. */
  public double largest() {
    return eigenvalues.getFirst();
  }
}
