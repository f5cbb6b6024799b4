package brink.monitor.flow;

import org.jspecify.annotations.Nullable;

/**
 * Fit of the closed form to the bins: log λ₁ and the share ⟨α²⟩/(2η_in) follow from three unknowns,
 * a = log λ₁, b = log G² and κ, all at the newest bin. Levenberg–Marquardt from the last fit's
 * values; one iteration costs some two exponentials per bin. It fails honestly, by wide errors,
 * where G² is at rest: κ cannot be told there.
 *
 * @param time τ of the newest bin
 * @param parameters a, b, κ
 * @param normal solved normal equations: their inverse is the covariance of a, b, κ for errors as
 *     expected
 * @param scale factor on that covariance, from the scatter about the fit and its correlation
 */
record RelaxationFit(double time, Parameters parameters, SmallSolver normal, double scale) {
  /**
   * Warm starts need two or three; more than this means that the bins do not follow the closed
   * form.
   */
  private static final int MOST_ITERATIONS = 8;

  /**
   * Change of the cost at which further steps change nothing that the errors would show, as a share
   * of the cost and of the number of bins, which it is expected to be about: 0.004 is a fifteenth
   * of a standard error.
   */
  private static final double CONVERGED = 1e-4;

  /**
   * The unknowns.
   *
   * @param logSharpness a
   * @param logGradientSquared b
   * @param kappa κ
   */
  record Parameters(double logSharpness, double logGradientSquared, double kappa) {
    double gradientSquared() {
      return StrictMath.exp(logGradientSquared);
    }

    boolean plausible() {
      return Double.isFinite(logSharpness)
          && Math.abs(logGradientSquared) < 20
          && Math.abs(kappa) < 100;
    }
  }

  static @Nullable RelaxationFit of(
      FlowHistory history, Parameters start, double sharpnessError, double shareError) {
    RelaxationEquations best = new RelaxationEquations(history, sharpnessError, shareError, start);
    double damping = 1e-3;
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      RelaxationEquations next = best.step(damping);
      if (next != null && next.cost() <= best.cost()) {
        double change = best.cost() - next.cost();
        boolean done = change <= CONVERGED * Math.max(best.cost(), history.size());
        best = next;
        damping /= 10;
        if (done) {
          return finish(history, best);
        }
      } else {
        damping *= 10;
      }
    }
    return null;
  }

  private static @Nullable RelaxationFit finish(FlowHistory history, RelaxationEquations best) {
    SmallSolver solver = best.normal();
    if (!solver.solve()) {
      return null;
    }
    double scale = Math.max(1, best.cost() / (2 * history.size() - 3)) * best.inflation();
    return new RelaxationFit(history.lastTime(), best.parameters(), solver, scale);
  }

  double kappaError() {
    return Math.sqrt(scale * normal.inverse(2, 2));
  }

  /** log λ₁ at a time ahead of the newest bin. */
  double logSharpness(double ahead) {
    return parameters.logSharpness()
        + SharpnessReductionFlow.logSharpnessChange(
            parameters.gradientSquared(), parameters.kappa(), ahead);
  }

  /** Its standard error from the fit alone. */
  double logSharpnessError(double ahead) {
    return error(RelaxationEquations.sharpnessRow(parameters, ahead));
  }

  /** log λ₁ that the flow tends to; for κ &gt; 0. */
  double logSharpnessAtRest() {
    return parameters.logSharpness()
        + SharpnessReductionFlow.logSharpnessAtRest(
            parameters.gradientSquared(), parameters.kappa());
  }

  /** Its standard error from the fit alone. */
  double logSharpnessAtRestError() {
    double g = parameters.gradientSquared();
    double kappa = parameters.kappa();
    double[] row = {1, -2 / kappa * g / (4 + g), 2 / (kappa * kappa) * StrictMath.log1p(g / 4)};
    return error(row);
  }

  private double error(double[] row) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        sum += row[i] * normal.inverse(i, k) * row[k];
      }
    }
    return Math.sqrt(scale * Math.max(0, sum));
  }
}
