package brink.monitor.series;

import brink.v1.FlowFitted;
import brink.v1.Forecast;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fit's forecasts beside what came.
 *
 * @param fit that made them
 * @param horizons one for each of its forecasts
 */
public record PastForecast(FlowFitted fit, List<Horizon> horizons) {
  public PastForecast {
    horizons = List.copyOf(horizons);
  }

  /**
   * A forecast and the time that it is about.
   *
   * @param forecast as it was made
   * @param flowTime that it is about
   * @param atStep step of that time, interpolated, or ahead at the last step's pace; null where
   *     nothing says
   * @param came λ₁ measured next to that time; null while it lies ahead
   */
  public record Horizon(
      Forecast forecast, double flowTime, @Nullable Double atStep, @Nullable Double came) {}
}
