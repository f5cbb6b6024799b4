package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;

/**
 * What rounding makes of a gradient: for a scale-invariant loss ∇L(w) and c·∇L(c·w) are the same,
 * but for the errors of two computations that round independently, if c is no power of two. Half of
 * their squared difference estimates E‖δ‖² for one.
 *
 * <p>⟨w, ∇L⟩, which vanishes too, would tell nothing: near a minimiser the error is that of the
 * outputs, Jᵀδr, and J·w = 0.
 */
final class RoundingNoise {
  /**
   * Steps from one measurement to the next: a gradient more in a hundred, and fewer than any regime
   * lasts that one would tell from rounding.
   */
  static final int EVERY = 100;

  private static final double SCALE = 1.1;

  private final Landscape landscape;
  private final Kernels kernels;
  private final Tensor vector;

  /** Allocates one vector. */
  RoundingNoise(Landscape landscape) {
    this.landscape = landscape;
    kernels = landscape.kernels();
    vector = kernels.allocate(1, landscape.dimension());
  }

  /** Whether a landscape's gradients can be measured so. */
  static boolean isDefined(Landscape landscape) {
    return landscape.scaleInvariantDimension() == landscape.dimension();
  }

  /**
   * E‖δ‖², linearizing elsewhere.
   *
   * @param w not modified
   * @param gradient ∇L(w), a copy, not modified
   */
  double measure(Tensor w, Tensor gradient) {
    kernels.copy(w, vector);
    kernels.scale(SCALE, vector);
    Tensor scaled = landscape.linearize(vector).gradient();
    kernels.copy(gradient, vector);
    kernels.axpy(-SCALE, scaled, vector);
    return kernels.dot(vector, vector) / 2;
  }
}
