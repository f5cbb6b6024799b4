package brink.monitor.series;

import java.util.Arrays;

/**
 * Cuts a window of a column into buckets and keeps of each its smallest and its largest value, both
 * where they are: whatever stands out by one point alone is still there at any width.
 *
 * <p>The first and the last point of the window are kept, too, and the nearest one beyond each end,
 * so that lines reach the edges of a chart.
 */
final class Decimation {
  private final Column column;
  private final NumberList axis;
  private final Window window;
  private int[] kept;
  private int size;
  private final double[] meanX;
  private final double[] meanY;
  private int means;

  private Decimation(Column column, NumberList axis, Window window) {
    this.column = column;
    this.axis = axis;
    this.window = window;
    this.kept = new int[window.points() + 4];
    this.meanX = new double[window.points() / 2];
    this.meanY = new double[window.points() / 2];
  }

  /**
   * The points of a window.
   *
   * @param axis by rows, never falling
   */
  static Drawn of(Column column, NumberList axis, Window window) {
    return new Decimation(column, axis, window).drawn();
  }

  private Drawn drawn() {
    int from = column.firstFrom(axis.firstNotBelow(window.from()));
    int to = column.firstFrom(axis.firstNotBelow(Math.nextUp(window.to())));
    boolean raw = to - from <= window.points();
    if (from > 0) {
      keep(from - 1);
    }
    if (raw) {
      for (int i = from; i < to; i++) {
        keep(i);
      }
    } else {
      keep(from);
      keepExtremes(from, to);
      keep(to - 1);
    }
    if (to < column.size()) {
      keep(to);
    }
    return new Drawn(
        x(), y(), raw, to - from, Arrays.copyOf(meanX, means), Arrays.copyOf(meanY, means));
  }

  private void keepExtremes(int from, int to) {
    int buckets = (window.points() - 2) / 2;
    int begin = from;
    for (int bucket = 1; bucket <= buckets && begin < to; bucket++) {
      int end =
          bucket == buckets ? to : index(boundary(from, to, (double) bucket / buckets), begin, to);
      if (end > begin) {
        Extremes extremes = column.extremes(begin, end);
        keep(Math.min(extremes.smallest(), extremes.largest()));
        keep(Math.max(extremes.smallest(), extremes.largest()));
        meanX[means] = (x(begin) + x(end - 1)) / 2;
        meanY[means++] = extremes.mean();
        begin = end;
      }
    }
  }

  /** Where a share of the window ends. */
  private double boundary(int from, int to, double share) {
    double last = x(to - 1);
    if (!window.logarithmic()) {
      double first = x(from);
      return first + (last - first) * share;
    }
    double first = firstPositive(from, to);
    return first <= 0 ? last : first * Math.pow(last / first, share);
  }

  /** A logarithmic axis begins at its first positive point; what is before goes with that. */
  private double firstPositive(int from, int to) {
    return x(Math.min(to - 1, index(Double.MIN_VALUE, from, to)));
  }

  private int index(double x, int from, int to) {
    return Math.clamp(column.firstFrom(axis.firstNotBelow(x)), from, to);
  }

  private double x(int index) {
    return axis.get(column.row(index));
  }

  private void keep(int index) {
    if (size > 0 && kept[size - 1] >= index) {
      return;
    }
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, 2 * size);
    }
    kept[size++] = index;
  }

  private double[] x() {
    double[] x = new double[size];
    Arrays.setAll(x, i -> x(kept[i]));
    return x;
  }

  private double[] y() {
    double[] y = new double[size];
    Arrays.setAll(y, i -> column.value(kept[i]));
    return y;
  }
}
