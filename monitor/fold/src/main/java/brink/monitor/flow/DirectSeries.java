package brink.monitor.flow;

/**
 * The directly measured G² in every bin: as measured there, else between the nearest bins on both
 * sides in which it was. It is not continued beyond them by more than a reach of flow time.
 */
final class DirectSeries {
  private DirectSeries() {}

  /** NaN in bins that are farther from a measurement than the reach. */
  static double[] of(FlowHistory bins, double reach) {
    double[] values = new double[bins.size()];
    int before = -1;
    int after = next(bins, 0);
    for (int i = 0; i < values.length; i++) {
      if (i == after) {
        before = i;
        after = next(bins, i + 1);
      }
      values[i] = between(bins, before, i, after, reach);
    }
    return values;
  }

  private static int next(FlowHistory bins, int from) {
    int i = from;
    while (i < bins.size() && Double.isNaN(bins.direct(i))) {
      i++;
    }
    return i;
  }

  private static double between(FlowHistory bins, int before, int bin, int after, double reach) {
    double back = before < 0 ? Double.POSITIVE_INFINITY : bins.time(bin) - bins.time(before);
    double ahead =
        after >= bins.size() ? Double.POSITIVE_INFINITY : bins.time(after) - bins.time(bin);
    if (back + ahead <= 2 * reach) {
      return (bins.direct(before) * ahead + bins.direct(after) * back) / (back + ahead);
    }
    if (Math.min(back, ahead) > reach) {
      return Double.NaN;
    }
    return bins.direct(back <= ahead ? before : after);
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
