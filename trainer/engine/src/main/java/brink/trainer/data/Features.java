package brink.trainer.data;

import org.jspecify.annotations.Nullable;

/**
 * The inputs of n examples with d numbers each, read row by row, so that images may stay bytes: all
 * of CIFAR-10 is 154 MB as bytes and 1.2 GB as doubles. Immutable.
 */
public interface Features {
  /** n. */
  int rows();

  /** d. */
  int columns();

  /** How a row is laid out as an image, of {@link #columns} numbers; null if it is none. */
  default @Nullable ImageShape image() {
    return null;
  }

  /**
   * Copies one row out.
   *
   * @param row from 0
   * @param into receives {@link #columns} numbers
   * @param offset of the first of them
   */
  void copyRow(int row, double[] into, int offset);

  /**
   * Copies everything out, row-major; 8·n·d bytes.
   *
   * @throws DataException if n·d exceeds the length of a Java array
   */
  default double[] toArray() {
    long length = (long) rows() * columns();
    if (length > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "%d rows of %d numbers do not fit into one array: ask for fewer with --train-size"
              .formatted(rows(), columns()));
    }
    double[] values = new double[(int) length];
    for (int row = 0; row < rows(); row++) {
      copyRow(row, values, row * columns());
    }
    return values;
  }
}
