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
 * @param scatter of the bins about a parabola through them
 * @param rate d log λ₁/dτ by the angular step
 * @param rateError its standard error
 * @param relaxation rate at which that dies down, per unit of flow time
 */
record LevelOutlook(
    double time, double level, double scatter, double rate, double rateError, double relaxation)
    implements Outlook {
  /** The fit's errors of single bins are doubled for their correlation. */
  private static final double CORRELATED = 2;

  static @Nullable LevelOutlook of(
      FlowHistory bins, double scatter, double shareScatter, FlowSettings settings) {
    int count = settings.localBins();
    int from = bins.size() - count;
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
    double rate = SharpnessReductionFlow.rateFromShare(share / count);
    double rateError = 2 * CORRELATED * shareScatter / Math.sqrt(count);
    return Double.isFinite(rate + level + rateError + scatter)
        ? new LevelOutlook(
            time / count, level / count, scatter, rate, rateError, settings.levelRelaxation())
        : null;
  }

  @Override
  public ForecastBasis basis() {
    return ForecastBasis.FORECAST_BASIS_LEVEL;
  }

  @Override
  public double logSharpness(double when) {
    return level + change(when);
  }

  @Override
  public double change(double when) {
    return -rate * StrictMath.expm1(-relaxation * (when - time)) / relaxation;
  }

  // The rate may as well go on: half of the difference. A wandering level is off by the square root
  // of the time.
  @Override
  public double error(double when) {
    double ahead = when - time;
    double ifItGoesOn = (rate * ahead - change(when)) / 2;
    double byRate = rateError / relaxation;
    return Math.hypot(
        Math.hypot(0.7 * wandering(scatter, ahead), byRate), ifItGoesOn);
  }
}
