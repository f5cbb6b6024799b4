package brink.monitor.series;

import brink.v1.FlowFitted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which step belongs to a flow time, and how sharp the loss was then. */
final class FlowClock {
  private static final List<String> SHARPNESS =
      List.of("midpoint_eigenvalue_1", "iterate_eigenvalue_1");

  private final StepTable steps;
  private final NumberList flowTimes;
  private final NumberList numbers;

  FlowClock(StepTable steps) {
    this.steps = steps;
    this.flowTimes = steps.axis(Axis.FLOW_TIME);
    this.numbers = steps.axis(Axis.STEP);
  }

  PastForecast beside(FlowFitted fit) {
    return new PastForecast(
        fit,
        fit.getForecastsList().stream()
            .map(
                forecast -> {
                  double time = fit.getFlowTime() + forecast.getHorizon();
                  return new PastForecast.Horizon(forecast, time, step(time), sharpness(time));
                })
            .toList());
  }

  /** Step of a flow time; null where nothing says. */
  @Nullable Double step(double flowTime) {
    int last = steps.size() - 1;
    if (last < 1 || !Double.isFinite(flowTime)) {
      return null;
    }
    int after = Math.clamp(flowTimes.firstNotBelow(flowTime), 1, last);
    double pace =
        (numbers.get(after) - numbers.get(after - 1))
            / (flowTimes.get(after) - flowTimes.get(after - 1));
    double step = numbers.get(after) + (flowTime - flowTimes.get(after)) * pace;
    return Double.isFinite(step) ? step : null;
  }

  /** λ₁ measured next to a flow time; null while that lies ahead. */
  @Nullable Double sharpness(double flowTime) {
    int last = steps.size() - 1;
    if (last < 0 || !(flowTime <= flowTimes.get(last))) {
      return null;
    }
    for (String field : SHARPNESS) {
      Column column = steps.column(field);
      if (column != null) {
        return nearest(column, flowTime);
      }
    }
    return null;
  }

  private double nearest(Column column, double flowTime) {
    int after = Math.min(column.firstFrom(flowTimes.firstNotBelow(flowTime)), column.size() - 1);
    int before = Math.max(0, after - 1);
    double ahead = flowTimes.get(column.row(after)) - flowTime;
    double behind = flowTime - flowTimes.get(column.row(before));
    return column.value(Math.abs(ahead) <= Math.abs(behind) ? after : before);
  }
}
