package brink.trainer.flow;

import brink.trainer.kernels.Tensor;
import java.util.List;

/**
 * The gradient g of log-sharpness along Γ that drives the sharpness-reduction flow: ∇_Γ log λ₁, or
 * Σ_ij W_ij·g_ij where several eigenvalues are at the threshold (docs/theory.md).
 *
 * @param vector g, 1×dimension; valid until the next measurement
 * @param squared ‖g‖²
 * @param weights W_ii of the k eigenvalues at the threshold, which add up to 1
 * @param separation ‖g₁₁ − g_kk‖, how fast the first and the last of them part along Γ; not used
 *     for k = 1
 */
public record FlowGradient(Tensor vector, double squared, List<Double> weights, double separation) {
  /** That of a single eigenvalue. */
  public static FlowGradient ofOne(Tensor vector, double squared) {
    return new FlowGradient(vector, squared, List.of(1.0), 0);
  }

  /** 2/(4 + ‖g‖²): the flow moves by −2g/(4 + ‖g‖²) per unit of flow time. */
  double mobility() {
    return 2 / (4 + squared);
  }
}
