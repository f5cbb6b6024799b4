package brink.trainer.descent;

/**
 * Squared lengths of a step's vectors.
 *
 * @param weightsSquared ‖w_t‖²
 * @param nextSquared ‖w_{t+1}‖²
 * @param gradientSquared ‖∇L(w_t)‖²
 */
record Norms(double weightsSquared, double nextSquared, double gradientSquared) {}
