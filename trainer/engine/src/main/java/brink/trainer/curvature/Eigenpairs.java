package brink.trainer.curvature;

import java.util.List;

/**
 * Approximate leading eigenpairs of a symmetric operator; the vectors stay with the solver.
 *
 * @param values Ritz values ρ, descending
 * @param residuals ‖Av − ρv‖, ‖v‖ = 1: an eigenvalue lies within this distance of ρ
 * @param errors estimated errors of the values: min(r, r²/gap), gap to the nearest other Ritz value
 * @param products operator applications spent
 */
record Eigenpairs(List<Double> values, List<Double> residuals, List<Double> errors, int products) {
  /** Largest eigenvalue. */
  double largest() {
    return values.getFirst();
  }
}
