package brink.monitor.flow;

import brink.monitor.flow.RelaxationFit.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The closed form against the bins at some a = log λ₁, b = log G² and κ: residuals in units of
 * their expected errors, and the normal equations. One exponential and one logarithm per bin.
 */
final class RelaxationEquations {
  private final FlowHistory history;
  private final double sharpnessError;
  private final double shareError;
  private final Parameters at;
  private final double gradientSquared;
  private final SmallSolver normal = new SmallSolver(3);
  private final double[] sharpnessResiduals;
  private final double[] shareResiduals;
  private double cost;

  RelaxationEquations(
      FlowHistory history, double sharpnessError, double shareError, Parameters at) {
    this.history = history;
    this.sharpnessError = sharpnessError;
    this.shareError = shareError;
    this.at = at;
    this.gradientSquared = at.gradientSquared();
    sharpnessResiduals = new double[history.size()];
    shareResiduals = new double[history.size()];
    double[] row = new double[3];
    for (int bin = 0; bin < history.size(); bin++) {
      double elapsed = history.time(bin) - history.lastTime();
      double fallen = StrictMath.expm1(-awayFromZero(at.kappa()) * elapsed);
      sharpnessResiduals[bin] = sharpness(bin, elapsed, fallen, row);
      normal.add(row, sharpnessResiduals[bin]);
      shareResiduals[bin] = share(bin, elapsed, fallen, row);
      normal.add(row, shareResiduals[bin]);
      cost +=
          sharpnessResiduals[bin] * sharpnessResiduals[bin]
              + shareResiduals[bin] * shareResiduals[bin];
    }
  }

  private double sharpness(int bin, double elapsed, double fallen, double[] row) {
    double change = setSharpnessRow(at, gradientSquared, elapsed, fallen, row);
    for (int i = 0; i < row.length; i++) {
      row[i] /= sharpnessError;
    }
    return (history.logSharpness(bin) - at.logSharpness() - change) / sharpnessError;
  }

  private double share(int bin, double elapsed, double fallen, double[] row) {
    double decayed = gradientSquared * (1 + fallen);
    double slope = -4 * decayed / ((4 + decayed) * (4 + decayed)) / shareError;
    row[0] = 0;
    row[1] = slope;
    row[2] = -elapsed * slope;
    return (history.share(bin) - SharpnessReductionFlow.share(decayed)) / shareError;
  }

  Parameters parameters() {
    return at;
  }

  /** Sum of squared residuals. */
  double cost() {
    return cost;
  }

  /** Factor by which correlations between bins widen the variances. */
  double inflation() {
    Autocorrelation sharpness = new Autocorrelation();
    Autocorrelation share = new Autocorrelation();
    for (int i = 0; i < history.size(); i++) {
      sharpness.add(sharpnessResiduals[i]);
      share.add(shareResiduals[i]);
    }
    return Math.max(
        sharpness.inflation(), share.inflation());
  }

  SmallSolver normal() {
    return normal;
  }

  /** The equations one damped step on; null where it leads nowhere. */
  @Nullable RelaxationEquations step(double damping) {
    SmallSolver damped = normal.damped(1 + damping);
    if (!damped.solve()) {
      return null;
    }
    Parameters next =
        new Parameters(
            at.logSharpness() + damped.solution(0),
            at.logGradientSquared() + damped.solution(1),
            at.kappa() + damped.solution(2));
    return next.plausible()
        ? new RelaxationEquations(history, sharpnessError, shareError, next)
        : null;
  }

  /** ∂log λ₁(u)/∂(a, b, κ). */
  static double[] sharpnessRow(Parameters p, double elapsed) {
    double[] row = new double[3];
    double fallen = StrictMath.expm1(-awayFromZero(p.kappa()) * elapsed);
    setSharpnessRow(p, p.gradientSquared(), elapsed, fallen, row);
    return row;
  }

  // Also returns log λ₁(u) − a. What G² has fallen by, as a share, is e^(−κu) − 1.
  private static double setSharpnessRow(
      Parameters p, double gradientSquared, double elapsed, double fallen, double[] row) {
    double kappa = awayFromZero(p.kappa());
    double weight = gradientSquared / (4 + gradientSquared);
    double decayed = gradientSquared * (1 + fallen);
    double change = 2 / kappa * StrictMath.log1p(weight * fallen);
    double left = decayed / (4 + decayed);
    row[0] = 1;
    row[1] = 2 / kappa * (left - weight);
    row[2] = -change / kappa - 2 / kappa * elapsed * left;
    return change;
  }

  // Divided differences in κ lose half of their digits at 1e-5 and change nothing that errors would
  // show.
  private static double awayFromZero(double kappa) {
    return Math.abs(kappa) < 1e-5 ? 1e-5 : kappa;
  }
}
