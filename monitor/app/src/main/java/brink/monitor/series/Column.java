package brink.monitor.series;

import org.jspecify.annotations.Nullable;

/** The values of one field, with the rows that have one. Only finite values are kept. */
final class Column {
  private final ChunkFile file;
  private final NumberList values;

  /** Null while every row so far has a value. */
  private @Nullable NumberList rows;

  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  Column(ChunkFile file) {
    this.file = file;
    this.values = new NumberList(file);
  }

  /**
   * Adds the value of a row.
   *
   * @param row after that of the last value
   * @param value finite
   */
  void add(int row, double value) {
    if (rows == null && row != values.size()) {
      rows = new NumberList(file);
      for (int i = 0; i < values.size(); i++) {
        rows.add(i);
      }
    }
    if (rows != null) {
      rows.add(row);
    }
    values.add(value);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  /** Number of values. */
  int size() {
    return values.size();
  }

  /** Row of a value. */
  int row(int index) {
    return rows == null ? index : (int) rows.get(index);
  }

  double value(int index) {
    return values.get(index);
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  /** First value that belongs to this row or a later one. */
  int firstFrom(int row) {
    return rows == null ? Math.min(row, values.size()) : rows.firstNotBelow(row);
  }

  /** Smallest and largest of the values between two indices. */
  Extremes extremes(int from, int to) {
    return values.extremes(from, to);
  }

  long heapBytes() {
    return values.heapBytes() + (rows == null ? 0 : rows.heapBytes());
  }
}
