package brink.trainer.publish;

/**
 * How a run computes.
 *
 * @param precision for example "float64"
 * @param device in words
 * @param seed of initialisation and synthetic data
 * @param scaleInvarianceError |⟨w, ∇L⟩|/(‖w‖‖∇L‖) at the first iterate
 */
public record ComputationDescription(
    String precision, String device, long seed, double scaleInvarianceError) {}
