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
  /** Shares of neighbouring bins say the same, two or three at a time. */
  static final double CORRELATED = 2;

  /** What the level wanders by, of the bins' scatter (small networks, tuned on). */
  private static final double BY_WANDERING = 0.7;

  /** Part of what the rate would do if it went on that is taken for the error of its dying down. */
  private static final double BY_GOING_ON = 1 / 3.0;

  static @Nullable LevelOutlook of(
      FlowHistory bins, double scatter, double shareScatter, FlowSettings settings) {
    int count = settings.bins().localBins();
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
            time / count,
            level / count,
            scatter,
            rate,
            rateError,
            settings.errors().levelRelaxation())
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

  @Override
  public double error(double when) {
    double ahead = when - time;
    double ifItGoesOn = BY_GOING_ON * (rate * ahead - change(when));
    double byRate = rateError / relaxation;
    double byWandering = wandering(BY_WANDERING * scatter, ahead);
    return Math.hypot(Math.hypot(byWandering, byRate), ifItGoesOn);
  }

  @Override
  public double share(double when) {
    return 1 + rate / 2 * StrictMath.exp(-relaxation * (when - time));
  }

  // As for the level, that the rate may go on, and what the shares themselves say of it.
  @Override
  public double shareError(double when) {
    double left = StrictMath.exp(-relaxation * (when - time));
    double ifItGoesOn = BY_GOING_ON * rate / 2 * (1 - left);
    return Math.hypot(rateError / 2 * left, ifItGoesOn) / share(when);
  }
}
