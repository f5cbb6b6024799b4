package brink.monitor.flow;

import brink.v1.ForecastBasis;

/**
 * The closed form, fitted. Its error grows with the horizon by what the fit leaves open of log G²
 * and κ, by the share of the change that the closed form itself gets wrong, and by what sharpness
 * wanders by.
 */
record RelaxationOutlook(RelaxationFit fit, FlowSettings settings) implements Outlook {
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
    double byFit = 0.5 * fit.changeError(time - fit.time());
    double byForm = settings.modelError() * change(time);
    return Math.hypot(Math.hypot(byFit, byForm), wandering(2 * fit.wander(), time - fit.time()));
  }
}
