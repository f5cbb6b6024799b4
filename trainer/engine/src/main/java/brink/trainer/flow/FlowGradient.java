package brink.trainer.flow;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What drives training along Γ (docs/theory.md): the gradient g of log-sharpness, ∇_Γ log λ₁, or
 * Σ_ij W_ij·g_ij where several eigenvalues are at the threshold, and the slope of the loss where it
 * is not at its minimum. Per unit of flow time training moves by −(2 + U)·g/(4 + ‖g‖²) + u.
 *
 * @param vector g, 1×dimension; valid until the next measurement
 * @param squared ‖g‖²
 * @param weights W_ii of the k eigenvalues at the threshold, which add up to 1
 * @param separation ‖g₁₁ − g_kk‖, how fast the first and the last of them part along Γ; not used
 *     for k = 1
 * @param drift u = −(η̃/η_in)·P_Γ·∇L, likewise; null where the loss is at its minimum
 * @param slopeRate U = ⟨g, u⟩
 */
public record FlowGradient(
    Tensor vector,
    double squared,
    List<Double> weights,
    double separation,
    @Nullable Tensor drift,
    double slopeRate) {
  /**
   * Part of the velocity along g that the slope of the loss may have for the motion to be the
   * flow's.
   */
  private static final double MOST_BY_SLOPE = 0.5;

  /** That of a single eigenvalue, at a minimiser. */
  public static FlowGradient ofOne(Tensor vector, double squared) {
    return new FlowGradient(vector, squared, List.of(1.0), 0, null, 0);
  }

  /** The same with a loss that slopes. */
  public FlowGradient sloping(Tensor by, double rate) {
    return new FlowGradient(vector, squared, weights, separation, by, rate);
  }

  /** Whether the slope of the loss moves training more than half as much as the oscillation. */
  boolean isOfTheLoss(Kernels kernels) {
    return drift != null
        && kernels.norm(drift)
            > MOST_BY_SLOPE * (2 + slopeRate) * Math.sqrt(squared) / (4 + squared);
  }

  /** to ← to + factor·r, where training moves by −r per unit of flow time. */
  void addVelocity(Kernels kernels, double factor, Tensor to) {
    kernels.axpy(factor * (2 + slopeRate) / (4 + squared), vector, to);
    if (drift != null) {
      kernels.axpy(-factor, drift, to);
    }
  }
}
