package brink.monitor.flow;

import brink.monitor.geometry.SphericalStep;
import brink.v1.Forecast;

/**
 * What the oscillation costs: L(w_t) − L(midpoint) = λ₁x²/2 = λ₁/s·⟨α²⟩/8 in the mean, where s is
 * held; on the flow λ₁·η_in/(4 + G²) (docs/theory.md). Where it was measured, by as much more or
 * less than that as it was.
 *
 * @param logFactor ln of what λ₁ times the share ⟨α²⟩/(2η_in) is multiplied by: η_in/(4s), with
 *     momentum over 1 + β, and the measured part of it
 * @param scatter relative, of a share averaged over {@value #WINDOW} units of flow time
 */
record ExcessLoss(double logFactor, double scatter) {
  /** Flow time over which a forecast is the mean. */
  private static final double WINDOW = 0.1;

  /**
   * Excess loss wanders by as much at least (matrix completion and linear regression, tuned on).
   */
  private static final double LEAST_SCATTER = 0.02;

  /**
   * As the newest bins have it.
   *
   * @param share fitted to them
   */
  static ExcessLoss of(FlowState state, LocalFit share, SphericalStep step, FlowSettings settings) {
    FlowHistory bins = state.history();
    double logRatio = bins.meanLogRatio(settings.bins().localBins());
    double averaged =
        LevelOutlook.CORRELATED * share.scatter() / Math.sqrt(WINDOW / settings.bins().cadence());
    return new ExcessLoss(
        StrictMath.log(step.alternatingIntrinsicRate() / 4)
            - known(logRatio)
            + known(state.logExcess()),
        Math.hypot(averaged / Math.abs(share.value()), LEAST_SCATTER));
  }

  private static double known(double logarithm) {
    return Double.isNaN(logarithm) ? 0 : logarithm;
  }

  /**
   * Adds a forecast and its interval, where they are positive and finite.
   *
   * @param calibration factor that past forecasts of λ₁ put on claimed errors
   * @param sharpnessError of the forecast log λ₁, calibrated
   * @param quantile of the normal distribution
   */
  void add(
      Outlook outlook,
      double when,
      double calibration,
      double sharpnessError,
      double quantile,
      Forecast.Builder forecast) {
    double share = outlook.share(when);
    if (!(share > 0)) {
      return;
    }
    double logarithm = outlook.logSharpness(when) + StrictMath.log(share) + logFactor;
    double byShare = Math.hypot(calibration * outlook.shareError(when), scatter);
    double reach = quantile * Math.hypot(sharpnessError, byShare);
    double high = StrictMath.exp(logarithm + reach);
    if (Double.isFinite(high)) {
      forecast
          .setExcessLoss(StrictMath.exp(logarithm))
          .setExcessLossLow(StrictMath.exp(logarithm - reach))
          .setExcessLossHigh(high);
    }
  }
}
