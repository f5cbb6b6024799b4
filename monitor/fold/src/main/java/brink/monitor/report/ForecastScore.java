package brink.monitor.report;

import brink.v1.FlowFitted;
import brink.v1.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What forecasts of sharpness were worth, once their time had come.
 *
 * @param horizon how far ahead, in units of flow time
 * @param forecasts number of forecasts whose time came
 * @param worst largest relative error
 * @param median median relative error
 * @param medianUnchanged median relative error of "stays as it is"
 */
public record ForecastScore(
    double horizon, int forecasts, double worst, double median, double medianUnchanged) {
  /**
   * Scores the forecasts at one horizon against the sharpness of later fits, which are in order.
   */
  public static Optional<ForecastScore> of(List<FlowFitted> fits, double horizon) {
    List<Double> errors = new ArrayList<>();
    List<Double> unchanged = new ArrayList<>();
    for (FlowFitted fit : fits) {
      forecast(fit, horizon)
          .ifPresent(
              forecast ->
                  sharpnessAt(fits, fit.getFlowTime() + horizon)
                      .ifPresent(
                          actual -> {
                            errors.add(Math.abs(forecast.getSharpness() / actual - 1));
                            unchanged.add(Math.abs(fit.getSharpness() / actual - 1));
                          }));
    }
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    errors.sort(null);
    unchanged.sort(null);
    return Optional.of(
        new ForecastScore(
            horizon,
            errors.size(),
            errors.getLast(),
            errors.get(errors.size() / 2),
            unchanged.get(unchanged.size() / 2)));
  }

  /** Without the sharpness that it starts from, a forecast has nothing to be compared with. */
  private static Optional<Forecast> forecast(FlowFitted fit, double horizon) {
    return fit.getForecastsList().stream()
        .filter(_ -> fit.hasSharpness())
        .filter(forecast -> Math.abs(forecast.getHorizon() - horizon) < 1e-9)
        .findFirst();
  }

  /** Sharpness at a flow time, interpolated between the fits around it. */
  private static Optional<Double> sharpnessAt(List<FlowFitted> fits, double flowTime) {
    FlowFitted before = null;
    for (FlowFitted fit : fits) {
      if (!fit.hasSharpness()) {
        continue;
      }
      if (fit.getFlowTime() >= flowTime) {
        return before == null ? Optional.empty() : Optional.of(interpolate(before, fit, flowTime));
      }
      before = fit;
    }
    return Optional.empty();
  }

  private static double interpolate(FlowFitted before, FlowFitted after, double flowTime) {
    double share = (flowTime - before.getFlowTime()) / (after.getFlowTime() - before.getFlowTime());
    return before.getSharpness() + share * (after.getSharpness() - before.getSharpness());
  }
}
