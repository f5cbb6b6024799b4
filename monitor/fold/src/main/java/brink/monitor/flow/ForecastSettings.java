package brink.monitor.flow;

import brink.monitor.settings.Allowed;
import java.util.List;
import java.util.Locale;

/**
 * What forecasts say.
 *
 * @param horizons Forecasts look this far ahead, in units of flow time.
 * @param probability The interval of a forecast claims to hold the truth with this probability.
 * @param quantile This quantile of the normal distribution belongs to the probability, and has to
 *     be set together with it.
 */
public record ForecastSettings(List<Double> horizons, double probability, double quantile) {
  /** A quantile that is given to three digits is of a probability that is right to as many. */
  private static final double ROUNDED_PROBABILITY = 1e-3;

  private static final List<Double> HORIZONS = List.of(0.5, 1.0, 2.0);
  private static final double PROBABILITY = 0.8;
  private static final double QUANTILE = 1.2816;

  /** Refuses what makes no sense. */
  public ForecastSettings {
    horizons = List.copyOf(horizons);
    Allowed.ascending("horizons", horizons, FlowSettings.MOST_FLOW_TIME);
    Allowed.between("probability", probability, 0, 1);
    Allowed.positive("quantile", quantile);
    double covered = 1 - ChiSquare.survival(quantile * quantile, 1);
    if (Math.abs(covered - probability) > ROUNDED_PROBABILITY) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "probability is %s and flow.quantile %s, which belongs to %.4f; set both to go"
                  + " together",
              probability,
              quantile,
              covered));
    }
  }

  /** The settings that the reasons above speak of. */
  static ForecastSettings defaults() {
    return new ForecastSettings(HORIZONS, PROBABILITY, QUANTILE);
  }
}
