package brink.monitor.flow;

import brink.monitor.flow.RelaxationFit.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The closed form's shares 4/(4 + G²), with G² = e^(b − κu), against those of the bins at some b
 * and κ, and κ against its prior: residuals in units of their errors, and the normal equations. One
 * exponential per bin.
 */
final class RelaxationEquations {
  private final FlowHistory history;
  private final double shareError;
  private final FlowSettings settings;
  private final Parameters at;
  private final SmallSolver normal = new SmallSolver(2);
  private double misfit;
  private double cost;

  RelaxationEquations(
      FlowHistory history, double shareError, FlowSettings settings, Parameters at) {
    this.history = history;
    this.shareError = shareError;
    this.settings = settings;
    this.at = at;
    for (int bin = 0; bin < history.size(); bin++) {
      double elapsed = history.time(bin) - history.lastTime();
      double gradientSquared = at.gradientSquared(elapsed);
      double slope =
          -4 * gradientSquared / ((4 + gradientSquared) * (4 + gradientSquared)) / shareError;
      double left =
          (history.share(bin) - SharpnessReductionFlow.share(gradientSquared)) / shareError;
      normal.add(new double[] {slope, -elapsed * slope}, left);
      misfit += left * left;
    }
    double fromPrior =
        (settings.relaxation().kappa() - at.kappa()) / settings.relaxation().kappaSpread();
    normal.add(new double[] {0, 1 / settings.relaxation().kappaSpread()}, fromPrior);
    cost = misfit + fromPrior * fromPrior;
  }

  Parameters parameters() {
    return at;
  }

  /** Sum of squared residuals, the prior's among them. */
  double cost() {
    return cost;
  }

  /** Sum of squared residuals of the bins. */
  double misfit() {
    return misfit;
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
    Parameters next = at.moved(damped.solution(0), damped.solution(1));
    return next.plausible() ? new RelaxationEquations(history, shareError, settings, next) : null;
  }
}
