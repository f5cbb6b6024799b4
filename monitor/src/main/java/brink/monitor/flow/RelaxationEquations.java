package brink.monitor.flow;

import brink.monitor.flow.RelaxationFit.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Residuals of the closed form against the bins, and their derivatives with respect to a = log λ₁,
 * b = log G² and κ.
 */
final class RelaxationEquations {
  private final FlowHistory history;
  private final double sharpnessError;
  private final double shareError;

  RelaxationEquations(FlowHistory history, double sharpnessError, double shareError) {
    this.history = history;
    this.sharpnessError = sharpnessError;
    this.shareError = shareError;
  }

  private double elapsed(int bin) {
    return history.time(bin) - history.lastTime();
  }

  private double sharpnessResidual(Parameters p, int bin) {
    double change =
        SharpnessReductionFlow.logSharpnessChange(p.gradientSquared(), p.kappa(), elapsed(bin));
    return (history.logSharpness(bin) - p.logSharpness() - change) / sharpnessError;
  }

  private double shareResidual(Parameters p, int bin) {
    double gradientSquared = StrictMath.exp(p.logGradientSquared() - p.kappa() * elapsed(bin));
    return (history.share(bin) - SharpnessReductionFlow.share(gradientSquared)) / shareError;
  }

  /** Sum of squared residuals in units of their expected errors. */
  double cost(Parameters p) {
    double sum = 0;
    for (int i = 0; i < history.size(); i++) {
      double sharpness = sharpnessResidual(p, i);
      double share = shareResidual(p, i);
      sum += sharpness * sharpness + share * share;
    }
    return sum;
  }

  /** Factor by which correlations between bins widen the variances. */
  double inflation(Parameters p) {
    Autocorrelation sharpness = new Autocorrelation();
    Autocorrelation share = new Autocorrelation();
    for (int i = 0; i < history.size(); i++) {
      sharpness.add(sharpnessResidual(p, i));
      share.add(shareResidual(p, i));
    }
    return Math.max(sharpness.inflation(), share.inflation());
  }

  /** Normal equations at some parameters. */
  SmallSolver normal(Parameters p) {
    SmallSolver solver = new SmallSolver(3);
    for (int i = 0; i < history.size(); i++) {
      double[] sharpness = sharpnessRow(p, elapsed(i));
      solver.add(scaled(sharpness, 1 / sharpnessError), sharpnessResidual(p, i));
      double[] share = shareRow(p, elapsed(i));
      solver.add(scaled(share, 1 / shareError), shareResidual(p, i));
    }
    return solver;
  }

  /** One damped step; null where it leads nowhere. */
  @Nullable Parameters step(Parameters p, double damping) {
    SmallSolver solver = normal(p);
    solver.damp(1 + damping);
    if (!solver.solve()) {
      return null;
    }
    Parameters next =
        new Parameters(
            p.logSharpness() + solver.solution(0),
            p.logGradientSquared() + solver.solution(1),
            p.kappa() + solver.solution(2));
    return next.plausible() ? next : null;
  }

  /** ∂log λ₁(u)/∂(a, b, κ). */
  static double[] sharpnessRow(Parameters p, double elapsed) {
    double kappa = awayFromZero(p.kappa());
    double g = p.gradientSquared();
    double decayed = g * StrictMath.exp(-kappa * elapsed);
    double change = SharpnessReductionFlow.logSharpnessChange(g, kappa, elapsed);
    double byLogGradient = 2 / kappa * (decayed / (4 + decayed) - g / (4 + g));
    double byKappa = -change / kappa - 2 / kappa * elapsed * decayed / (4 + decayed);
    return new double[] {1, byLogGradient, byKappa};
  }

  private static double[] shareRow(Parameters p, double elapsed) {
    double decayed = p.gradientSquared() * StrictMath.exp(-p.kappa() * elapsed);
    double slope = -4 * decayed / ((4 + decayed) * (4 + decayed));
    return new double[] {0, slope, -elapsed * slope};
  }

  // Divided differences in κ lose half of their digits at 1e-5 and change nothing that errors would
  // show.
  private static double awayFromZero(double kappa) {
    return Math.abs(kappa) < 1e-5 ? 1e-5 : kappa;
  }

  private static double[] scaled(double[] row, double factor) {
    return new double[] {row[0] * factor, row[1] * factor, row[2] * factor};
  }
}
