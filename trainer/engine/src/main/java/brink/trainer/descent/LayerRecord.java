package brink.trainer.descent;

import org.jspecify.annotations.Nullable;

/**
 * What one step measured of one layer.
 *
 * @param name of the layer
 * @param weightNormSquared ‖w‖² of its weights
 * @param gradientNormSquared ‖∇L‖² of its weights
 * @param sharpness largest eigenvalue of its block of the spherical Hessian, at the point of the
 *     step's last sharpness; null where not measured
 */
public record LayerRecord(
    String name,
    double weightNormSquared,
    double gradientNormSquared,
    @Nullable Double sharpness) {}
