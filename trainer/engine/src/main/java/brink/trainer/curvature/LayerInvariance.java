package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.WeightBlock;
import java.util.List;

/**
 * Whether the loss is invariant to the scale of one layer's weights: by construction, and as
 * measured.
 *
 * @param block the layer's weights w_l
 * @param byConstruction whether it should be
 * @param error |⟨w_l, ∇_l L⟩|/(‖w_l‖·‖∇_l L‖), 0 up to rounding if it is (Euler)
 * @param tolerance what rounding explains
 */
public record LayerInvariance(
    WeightBlock block, boolean byConstruction, double error, double tolerance) {
  /**
   * Roundings behind ⟨w_l, ∇_l L⟩, which cancels: the backward pass of a normalization subtracts a
   * projection that may be a thousand times what is left.
   */
  private static final double ROUNDINGS = 1e4;

  /**
   * Measures all layers at some weights; linearizes the landscape there.
   *
   * @param w 1×dimension, not modified
   */
  public static List<LayerInvariance> measure(Landscape landscape, Tensor w) {
    Kernels kernels = landscape.kernels();
    Tensor gradient = kernels.precisely(() -> landscape.linearize(w).defined().gradient());
    List<WeightBlock> dependent = landscape.scaleDependentLayers();
    double tolerance = ROUNDINGS * kernels.precision().unitRoundoff();
    return landscape.layers().stream()
        .map(
            block ->
                new LayerInvariance(
                    block,
                    !dependent.contains(block),
                    SphereGeometry.scaleInvarianceError(kernels, block.in(w), block.in(gradient)),
                    tolerance))
        .toList();
  }

  /** Whether the loss should be scale-invariant in these weights and is not. */
  public boolean broken() {
    return byConstruction && error > tolerance;
  }
}
