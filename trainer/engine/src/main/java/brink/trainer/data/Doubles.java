package brink.trainer.data;

import java.util.Arrays;

/** A list of numbers that grows. */
final class Doubles {
  /** About the longest array that a JVM makes. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      if (size == LONGEST) {
        throw new DataException("more than %,d numbers do not fit into one table".formatted(size));
      }
      values = Arrays.copyOf(values, (int) Math.min(LONGEST, size + (size >> 1) + 16L));
    }
    values[size++] = value;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
