package brink.monitor.flow;

import java.util.function.IntToDoubleFunction;

/**
 * What was measured directly, G² or the slope of the loss, in every bin: as measured there, else
 * between the nearest bins on both sides in which it was. It is not continued beyond them by more
 * than a reach of flow time.
 */
final class DirectSeries {
  private DirectSeries() {}

  /**
   * The series.
   *
   * @param measured by bin; NaN where it was not
   * @return NaN in bins that are farther from a measurement than the reach
   */
  static double[] of(FlowHistory bins, IntToDoubleFunction measured, double reach) {
    double[] values = new double[bins.size()];
    int before = -1;
    int after = next(bins, measured, 0);
    for (int i = 0; i < values.length; i++) {
      if (i == after) {
        before = i;
        after = next(bins, measured, i + 1);
      }
      values[i] = between(bins, measured, before, i, after, reach);
    }
    return values;
  }

  private static int next(FlowHistory bins, IntToDoubleFunction measured, int from) {
    int i = from;
    while (i < bins.size() && Double.isNaN(measured.applyAsDouble(i))) {
      i++;
    }
    return i;
  }

  private static double between(
      FlowHistory bins,
      IntToDoubleFunction measured,
      int before,
      int bin,
      int after,
      double reach) {
    double back = before < 0 ? Double.POSITIVE_INFINITY : bins.time(bin) - bins.time(before);
    double ahead =
        after >= bins.size() ? Double.POSITIVE_INFINITY : bins.time(after) - bins.time(bin);
    if (back + ahead <= 2 * reach) {
      return (measured.applyAsDouble(before) * ahead + measured.applyAsDouble(after) * back)
          / (back + ahead);
    }
    if (Math.min(back, ahead) > reach) {
      return Double.NaN;
    }
    return measured.applyAsDouble(back <= ahead ? before : after);
  }

  /** First bin from which on the series has no gap; their number if it ends in one. */
  static int first(double[] series) {
    int from = series.length;
    while (from > 0 && !Double.isNaN(series[from - 1])) {
      from--;
    }
    return from;
  }
}
