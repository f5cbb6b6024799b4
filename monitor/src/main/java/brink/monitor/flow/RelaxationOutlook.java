package brink.monitor.flow;

import brink.v1.ForecastBasis;

/** The closed form, fitted. */
record RelaxationOutlook(RelaxationFit fit, FlowSettings settings) implements Outlook {
  @Override
  public ForecastBasis basis() {
    return ForecastBasis.FORECAST_BASIS_RELAXATION;
  }

  @Override
  public double logSharpness(double time) {
    return fit.logSharpness(time - fit.time());
  }

  @Override
  public double error(double time) {
    double change = logSharpness(time) - fit.parameters().logSharpness();
    double byFit = fit.logSharpnessError(time - fit.time());
    return Math.hypot(byFit, settings.modelError() * change);
  }

  @Override
  public boolean sure(double time) {
    return fit.logSharpnessError(time - fit.time()) <= settings.forecastError();
  }
}
