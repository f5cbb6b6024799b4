package brink.monitor.flow;

import brink.v1.ForecastBasis;
import org.jspecify.annotations.Nullable;

/**
 * Sharpness stays near the mean of the newest bins, from where the rate that the angular step says
 * takes it while it dies down: what is left where sharpness wanders more than it flows. With s held
 * that rate is the norm ledger's, so it may be positive too.
 *
 * @param time mean τ of these bins
 * @param level mean of log λ₁
 * @param scatter of the bins about it
 * @param rate d log λ₁/dτ by the angular step
 * @param relaxation rate at which that dies down, per unit of flow time
 */
record LevelOutlook(double time, double level, double scatter, double rate, double relaxation)
    implements Outlook {

  static @Nullable LevelOutlook of(FlowHistory bins, FlowSettings settings) {
    int from = bins.size() - settings.localBins();
    if (from < 0) {
      return null;
    }
    double time = 0;
    double level = 0;
    double share = 0;
    for (int i = from; i < bins.size(); i++) {
      time += bins.time(i);
      level += bins.logSharpness(i);
      share += bins.share(i);
    }
    int count = settings.localBins();
    double mean = level / count;
    double squares = 0;
    for (int i = from; i < bins.size(); i++) {
      squares += (bins.logSharpness(i) - mean) * (bins.logSharpness(i) - mean);
    }
    double rate = SharpnessReductionFlow.rateFromShare(share / count);
    return Double.isFinite(rate)
        ? new LevelOutlook(
            time / count, mean, Math.sqrt(squares / (count - 1)), rate, settings.levelRelaxation())
        : null;
  }

  private double change(double when) {
    return -rate * StrictMath.expm1(-relaxation * (when - time)) / relaxation;
  }

  @Override
  public ForecastBasis basis() {
    return ForecastBasis.FORECAST_BASIS_LEVEL;
  }

  @Override
  public double logSharpness(double when) {
    return level + change(when);
  }

  // A wandering level is off by the square root of the time.
  @Override
  public double error(double when) {
    return Math.hypot(scatter * Math.sqrt(when - time), change(when) / 2);
  }

  @Override
  public boolean sure(double when) {
    return false;
  }
}
