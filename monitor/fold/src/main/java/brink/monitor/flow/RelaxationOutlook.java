package brink.monitor.flow;

import brink.v1.ForecastBasis;
import org.jspecify.annotations.Nullable;

/**
 * The closed form, fitted. Its error grows with the horizon by what the fit leaves open of log G²
 * and κ, by the share of the change that the closed form itself gets wrong, and by what sharpness
 * wanders by.
 */
record RelaxationOutlook(RelaxationFit fit, FlowSettings settings) implements Outlook {
  /**
   * The bins' shares swell and die about what they follow, and their sum is that of a norm that
   * hardly does: the fit's error is half of what independent ones would make (early forecasts of
   * networks with many weights, tuned on).
   */
  private static final double BY_FIT = 0.5;

  /** Sharpness goes on to wander by twice what a fit left over (likewise, on small networks). */
  private static final double BY_WANDERING = 2;

  /**
   * −ln s from which on sharpness is not held at the threshold: in ReLU networks it is 0.05 to 0.3
   * before that, elsewhere more than 0.05 in bursts with momentum only (seeds tuned on).
   */
  private static final double BELOW = 0.05;

  /**
   * Null where sharpness is below the threshold yet, as in ReLU networks, whose kinks make
   * gradients alternate before: the closed form is that of a sharpness that is held there.
   */
  static @Nullable RelaxationOutlook of(
      RelaxationFit fit, FlowHistory bins, FlowSettings settings) {
    return bins.meanLogRatio(settings.bins().localBins()) < -BELOW
        ? null
        : new RelaxationOutlook(fit, settings);
  }

  @Override
  public ForecastBasis basis() {
    return ForecastBasis.FORECAST_BASIS_RELAXATION;
  }

  @Override
  public double logSharpness(double time) {
    return fit.level() + change(time);
  }

  @Override
  public double change(double time) {
    return fit.change(time - fit.time());
  }

  @Override
  public double error(double time) {
    double byFit = BY_FIT * fit.changeError(time - fit.time());
    double byForm = settings.errors().modelError() * change(time);
    double byWandering = wandering(BY_WANDERING * fit.wander(), time - fit.time());
    return Math.hypot(Math.hypot(byFit, byForm), byWandering);
  }

  @Override
  public double share(double time) {
    return fit.share(time - fit.time());
  }

  @Override
  public double shareError(double time) {
    return BY_FIT * fit.logShareError(time - fit.time());
  }
}
