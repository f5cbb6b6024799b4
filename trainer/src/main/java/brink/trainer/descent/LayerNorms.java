package brink.trainer.descent;

/**
 * One layer's share of the norms.
 *
 * @param name of the layer
 * @param weightNormSquared ‖w‖² of its weights
 * @param gradientNormSquared ‖∇L‖² of its weights
 */
public record LayerNorms(String name, double weightNormSquared, double gradientNormSquared) {}
