package brink.monitor.flow;

import org.jspecify.annotations.Nullable;

/**
 * The closed form, fitted to the bins' shares ⟨α²⟩/(2η_in): log G² and κ at the newest bin, with
 * what theory and other runs say of κ as a prior. Few bins or noisy ones leave κ at its prior, and
 * where G² is at rest, so that κ cannot be told, nothing goes astray. log λ₁ enters by its level
 * alone, the mean over the newest bins of what each of them says of the last; how far all bins are
 * off the closed form is what sharpness wanders by. Levenberg–Marquardt from the last fit's values.
 *
 * @param time τ of the newest bin
 * @param level log λ₁ there
 * @param wander root mean square of log λ₁ about the closed form
 * @param parameters log G² and κ
 * @param normal solved normal equations: their inverse is the covariance of log G² and κ for errors
 *     as expected
 * @param scale factor on that covariance, from the scatter about the fit
 */
record RelaxationFit(
    double time,
    double level,
    double wander,
    Parameters parameters,
    SmallSolver normal,
    double scale) {
  /** Warm starts need two or three; at rest log G² falls by 1 with each, and need not fall far. */
  private static final int MOST_ITERATIONS = 12;

  /**
   * Change of the cost at which further steps change nothing that the errors would show, as a share
   * of it: 1e-4 of a cost of 36 is a sixteenth of a standard error.
   */
  private static final double CONVERGED = 1e-4;

  /**
   * Bins swell and die together, so that two or three of them say what one says: the errors of the
   * shares are doubled (measured by which of 1, 2 and 4 forecast best).
   */
  private static final double CORRELATED = 2;

  /**
   * The unknowns.
   *
   * @param logGradientSquared log G² at the newest bin
   * @param kappa κ
   */
  record Parameters(double logGradientSquared, double kappa) {
    /** G² = 6e-6 is rest. */
    private static final double LEAST_LOGARITHM = -12;

    private static final double MOST_STEP = 2;

    /** Keeps forecasts finite where the bins say what the closed form cannot be. */
    private static final double LEAST_KAPPA = 0.2;

    private static final double MOST_KAPPA = 6;

    double gradientSquared(double elapsed) {
      return StrictMath.exp(logGradientSquared - kappa * elapsed);
    }

    Parameters moved(double byLogarithm, double byKappa) {
      return new Parameters(
          Math.max(LEAST_LOGARITHM, logGradientSquared + limited(byLogarithm)),
          Math.clamp(kappa + limited(byKappa), LEAST_KAPPA, MOST_KAPPA));
    }

    private static double limited(double step) {
      return Math.clamp(step, -MOST_STEP, MOST_STEP);
    }

    boolean plausible() {
      return Math.abs(logGradientSquared) < 20 && Double.isFinite(kappa);
    }
  }

  /**
   * Fits.
   *
   * @param start where to begin
   * @param shareScatter of the bins' shares
   * @return null where the bins are no numbers
   */
  static @Nullable RelaxationFit of(
      FlowHistory history, Parameters start, double shareScatter, FlowSettings settings) {
    double error = CORRELATED * Math.max(shareScatter, settings.relaxation().shareNoise());
    RelaxationEquations best = new RelaxationEquations(history, error, settings, start);
    double damping = 1e-3;
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      RelaxationEquations next = best.step(damping);
      if (next != null && next.cost() <= best.cost()) {
        double change = best.cost() - next.cost();
        boolean done = change <= CONVERGED * Math.max(best.cost(), 1);
        best = next;
        damping /= 10;
        if (done) {
          break;
        }
      } else {
        damping *= 10;
      }
    }
    return finish(history, best, settings);
  }

  private static @Nullable RelaxationFit finish(
      FlowHistory history, RelaxationEquations best, FlowSettings settings) {
    SmallSolver solver = best.normal();
    if (!Double.isFinite(best.cost()) || !solver.solve()) {
      return null;
    }
    double scale = Math.max(1, best.misfit() / (history.size() - 2));
    double[] levels = levels(history, best.parameters());
    int newest = Math.min(settings.bins().localBins(), levels.length);
    double level = mean(levels, levels.length - newest);
    double all = mean(levels, 0);
    double squares = 0;
    for (double each : levels) {
      squares += (each - all) * (each - all);
    }
    return new RelaxationFit(
        history.lastTime(),
        level,
        Math.sqrt(squares / (levels.length - 1)),
        best.parameters(),
        solver,
        scale);
  }

  /** What each bin says of log λ₁ at the newest. */
  private static double[] levels(FlowHistory history, Parameters parameters) {
    double[] levels = new double[history.size()];
    for (int bin = 0; bin < levels.length; bin++) {
      levels[bin] =
          history.logSharpness(bin) - change(parameters, history.time(bin) - history.lastTime());
    }
    return levels;
  }

  private static double mean(double[] values, int from) {
    double sum = 0;
    for (int i = from; i < values.length; i++) {
      sum += values[i];
    }
    return sum / (values.length - from);
  }

  private static double change(Parameters parameters, double ahead) {
    return SharpnessReductionFlow.logSharpnessChange(
        parameters.gradientSquared(0), parameters.kappa(), ahead);
  }

  double kappaError() {
    return Math.sqrt(scale * normal.inverse(1, 1));
  }

  /** Change of log λ₁ until a time ahead of the newest bin. */
  double change(double ahead) {
    return change(parameters, ahead);
  }

  /** Its standard error, from those of log G² and κ. */
  double changeError(double ahead) {
    double kappa = parameters.kappa();
    double now = part(0);
    double then = part(ahead);
    double byLogarithm = 2 / kappa * (then - now);
    return error(byLogarithm, -change(ahead) / kappa - 2 / kappa * ahead * then);
  }

  // G²/(4 + G²), half of the rate at which log λ₁ falls.
  private double part(double ahead) {
    double gradientSquared = parameters.gradientSquared(ahead);
    return gradientSquared / (4 + gradientSquared);
  }

  /** ⟨α²⟩/(2η_in) = 4/(4 + G²) a time ahead of the newest bin. */
  double share(double ahead) {
    return 1 - part(ahead);
  }

  /** Standard error of its logarithm, from those of log G² and κ. */
  double logShareError(double ahead) {
    return error(-part(ahead), ahead * part(ahead));
  }

  /** Change of log λ₁ until the flow is at rest. */
  double changeUntilRest() {
    return SharpnessReductionFlow.logSharpnessAtRest(
        parameters.gradientSquared(0), parameters.kappa());
  }

  /** Its standard error, from those of log G² and κ. */
  double changeUntilRestError() {
    double kappa = parameters.kappa();
    return error(-2 / kappa * part(0), -changeUntilRest() / kappa);
  }

  private double error(double byLogarithm, double byKappa) {
    double variance =
        byLogarithm * byLogarithm * normal.inverse(0, 0)
            + 2 * byLogarithm * byKappa * normal.inverse(0, 1)
            + byKappa * byKappa * normal.inverse(1, 1);
    return Math.sqrt(scale * Math.max(0, variance));
  }
}
