package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/** Means over the rows of each column, summed from the first row to the last. */
final class ColumnMeans {
  private ColumnMeans() {}

  static double[] of(MemorySegment x, int rows, int columns) {
    double[] sums = new double[columns];
    for (int i = 0; i < rows; i++) {
      long start = (long) i * columns;
      for (int j = 0; j < columns; j++) {
        sums[j] += x.getAtIndex(JAVA_DOUBLE, start + j);
      }
    }
    return divide(sums, rows);
  }

  /** sums ← sums/rows, returned for chaining. */
  static double[] divide(double[] sums, int rows) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= rows;
    }
    return sums;
  }
}
