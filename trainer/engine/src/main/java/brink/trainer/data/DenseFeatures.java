package brink.trainer.data;

import org.jspecify.annotations.Nullable;

/**
 * Features held as numbers.
 *
 * @param values row-major, rows·columns; owned by this record, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
public record DenseFeatures(int rows, int columns, double[] values, @Nullable ImageShape image)
    implements Features {
  /** Checks the length. */
  public DenseFeatures {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          "%d values are not %d×%d".formatted(values.length, rows, columns));
    }
  }

  /** Features that are no images. */
  public DenseFeatures(int rows, int columns, double[] values) {
    this(rows, columns, values, null);
  }

  @Override
  public void copyRow(int row, double[] into, int offset) {
    System.arraycopy(values, row * columns, into, offset, columns);
  }
}
