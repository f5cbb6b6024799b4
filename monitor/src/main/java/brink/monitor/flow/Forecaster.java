package brink.monitor.flow;

import brink.v1.FlowFitted;
import brink.v1.Forecast;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how log λ₁ is continued, by what came nearest to the truth so far in the episode; before
 * anything could be checked that is the closed form, if it is sure of itself.
 */
final class Forecaster {
  private final FlowSettings settings;

  Forecaster(FlowSettings settings) {
    this.settings = settings;
  }

  /** Checks what is due, forecasts, and keeps the forecasts to check them later. */
  TrackRecord forecast(
      TrackRecord before,
      FlowHistory bins,
      double now,
      @Nullable RelaxationFit fit,
      FlowFitted.Builder fitted) {
    if (settings.horizons().isEmpty()) {
      return before;
    }
    double shortest = settings.horizons().getFirst();
    TrackRecord record = before.checked(bins, settings.cadence());
    List<@Nullable Outlook> outlooks =
        Arrays.asList(
            fit == null ? null : new RelaxationOutlook(fit, settings),
            LevelOutlook.of(bins, settings));
    int way = chosen(record, outlooks);
    Outlook outlook = outlooks.get(way);
    if (outlook != null) {
      for (double horizon : settings.horizons()) {
        if (record.tally(way).enough() || outlook.sure(now + horizon)) {
          add(outlook, record.tally(way), now, horizon, fitted);
        }
      }
    }
    return record.with(now, shortest, outlooks);
  }

  private static int chosen(TrackRecord record, List<@Nullable Outlook> outlooks) {
    int best = 0;
    for (int way = 1; way < TrackRecord.WAYS; way++) {
      Tally tally = record.tally(way);
      Tally against = record.tally(best);
      boolean better =
          outlooks.get(best) == null
              || !against.enough()
              || tally.meanSquare() < against.meanSquare();
      if (outlooks.get(way) != null && tally.enough() && better) {
        best = way;
      }
    }
    return best;
  }

  private void add(
      Outlook outlook, Tally tally, double now, double horizon, FlowFitted.Builder fitted) {
    double logarithm = outlook.logSharpness(now + horizon);
    double reach = settings.quantile() * tally.calibration() * outlook.error(now + horizon);
    fitted
        .setForecastBasis(outlook.basis())
        .addForecasts(
            Forecast.newBuilder()
                .setHorizon(horizon)
                .setSharpness(StrictMath.exp(logarithm))
                .setLow(StrictMath.exp(logarithm - reach))
                .setHigh(StrictMath.exp(logarithm + reach))
                .setProbability(settings.probability()));
  }
}
