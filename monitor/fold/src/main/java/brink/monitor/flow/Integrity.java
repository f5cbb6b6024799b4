package brink.monitor.flow;

import org.jspecify.annotations.Nullable;

/**
 * Whether the norm ledger holds at the edge: d log λ₁/dτ less d ln s/dτ, which is that of log ‖w‖²
 * up to the learning rate, against −2·(1 − ⟨α²⟩/(2η_in)). An identity of every stream of gradient
 * descent on a scale-invariant loss, whatever λ₁ does; it says nothing of a flow.
 *
 * @param difference of the two rates, per unit of flow time
 * @param error its standard error
 * @param holds whether it is 0 within that; null where the error is too large to tell
 */
record Integrity(double difference, double error, @Nullable Boolean holds) {
  private static final double ERRORS = 3;

  static @Nullable Integrity of(FlowHistory bins, FlowSettings settings) {
    double[] left = new double[bins.size()];
    double implied = 0;
    for (int i = 0; i < left.length; i++) {
      if (i > 0) {
        double step = bins.time(i) - bins.time(i - 1);
        implied +=
            step
                * (SharpnessReductionFlow.rateFromShare(bins.share(i - 1))
                    + SharpnessReductionFlow.rateFromShare(bins.share(i)))
                / 2;
      }
      left[i] = bins.logSharpness(i) - bins.logRatio(i) - implied;
    }
    LocalFit fit = LocalFit.cautious(bins, i -> left[i], settings.bins().localBins(), 1);
    if (fit == null) {
      return null;
    }
    double limit = ERRORS * fit.rateError();
    if (Math.abs(fit.rate()) > limit + settings.trial().rateFloor()) {
      return new Integrity(fit.rate(), fit.rateError(), false);
    }
    return new Integrity(
        fit.rate(), fit.rateError(), limit < settings.trial().decidedShare() ? true : null);
  }
}
