package brink.monitor.flow;

import brink.monitor.flow.HorizonRecord.Guess;
import brink.monitor.flow.HorizonRecord.Pending;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how log λ₁ is continued, by what each way claims and by how near it came to the truth so
 * far in the episode, and makes its interval what past errors say.
 */
final class Forecaster {
  private final FlowSettings settings;

  Forecaster(FlowSettings settings) {
    this.settings = settings;
  }

  /**
   * Checks what is due, forecasts, and keeps the forecasts to check them later.
   *
   * @param outlooks the ways, null where one has nothing to say
   * @param floor least error of log λ₁
   * @param offset error of all log λ₁ alike, which no past forecast can show
   * @param excess what the oscillation costs
   */
  TrackRecord forecast(
      TrackRecord before,
      FlowHistory bins,
      double now,
      List<@Nullable Outlook> outlooks,
      double floor,
      double offset,
      ExcessLoss excess,
      FlowFitted.Builder fitted) {
    List<Double> horizons = settings.forecast().horizons();
    if (horizons.isEmpty()) {
      return before;
    }
    List<HorizonRecord> checked = new ArrayList<>();
    for (int i = 0; i < Math.min(horizons.size(), TrackRecord.MOST); i++) {
      HorizonRecord record = before.at(i).checked(bins, settings.bins().cadence());
      double horizon = horizons.get(i);
      checked.add(
          record.takes(now, horizon)
              ? record.with(new Pending(now + horizon, guesses(outlooks, now + horizon, floor)))
              : record);
    }
    TrackRecord record = new TrackRecord(List.copyOf(checked));
    double shortest = now + horizons.getFirst();
    int way = chosen(record, outlooks, shortest, floor);
    Outlook outlook = way < 0 ? null : outlooks.get(way);
    if (outlook != null && (record.shortest(way).enough() || outlook.sure(shortest))) {
      fitted.setForecastBasis(outlook.basis());
      for (int i = 0; i < horizons.size(); i++) {
        double when = now + horizons.get(i);
        double calibration = record.calibration(i, way);
        double error = Math.hypot(calibration * claimed(outlook, when, floor), offset);
        Forecast.Builder forecast =
            Forecast.newBuilder()
                .setHorizon(horizons.get(i))
                .setProbability(settings.forecast().probability());
        if (addSharpness(outlook.logSharpness(when), error, forecast)) {
          excess.add(outlook, when, calibration, error, settings.forecast().quantile(), forecast);
          fitted.addForecasts(forecast);
        }
      }
      if (fitted.getEpisode() > 1) {
        fitted.setMayBeThrown(true);
      }
    }
    return record;
  }

  private static double claimed(Outlook outlook, double when, double floor) {
    return Math.hypot(outlook.error(when), floor);
  }

  private static List<Guess> guesses(List<@Nullable Outlook> outlooks, double when, double floor) {
    List<Guess> guesses = new ArrayList<>();
    for (Outlook outlook : outlooks) {
      guesses.add(
          outlook == null
              ? Guess.NONE
              : new Guess(
                  (float) outlook.logSharpness(when), (float) claimed(outlook, when, floor)));
    }
    return List.copyOf(guesses);
  }

  // −1 where there is none.
  private static int chosen(
      TrackRecord record, List<@Nullable Outlook> outlooks, double when, double floor) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int way = 0; way < outlooks.size(); way++) {
      Outlook outlook = outlooks.get(way);
      if (outlook != null) {
        double expected = record.shortest(way).expectedSquare(claimed(outlook, when, floor));
        if (expected < least) {
          least = expected;
          best = way;
        }
      }
    }
    return best;
  }

  private boolean addSharpness(double logarithm, double error, Forecast.Builder forecast) {
    double reach = settings.forecast().quantile() * error;
    double high = StrictMath.exp(logarithm + reach);
    forecast
        .setSharpness(StrictMath.exp(logarithm))
        .setLow(StrictMath.exp(logarithm - reach))
        .setHigh(high);
    return Double.isFinite(high);
  }
}
