package brink.monitor.series;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where the smallest and the largest number of a range are, the first of equal ones, and their
 * mean.
 *
 * @param smallest index
 * @param largest index
 * @param mean of all numbers of the range
 */
record Extremes(int smallest, int largest, double mean) {
  /** A search through chunk after chunk. */
  static final class Search {
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private int smallest;
    private int largest;
    private double sum;
    private int count;

    /**
     * Looks at a part of a chunk.
     *
     * @param base index of the chunk's first number
     */
    void look(MemorySegment chunk, int from, int to, int base) {
      for (int i = from; i < to; i++) {
        look(chunk.getAtIndex(ValueLayout.JAVA_DOUBLE, i), base + i);
      }
    }

    /** The same of a chunk in memory. */
    void look(double[] chunk, int from, int to, int base) {
      for (int i = from; i < to; i++) {
        look(chunk[i], base + i);
      }
    }

    Extremes found() {
      return new Extremes(smallest, largest, sum / count);
    }

    private void look(double number, int index) {
      sum += number;
      count++;
      if (number < least) {
        least = number;
        smallest = index;
      }
      if (number > most) {
        most = number;
        largest = index;
      }
    }
  }
}
