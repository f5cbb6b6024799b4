package brink.trainer.data;

/**
 * Features held as numbers.
 *
 * @param values row-major, rows·columns; owned by this record, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
record DenseFeatures(int rows, int columns, double[] values) implements Features {
  DenseFeatures {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          "%d values are not %d×%d".formatted(values.length, rows, columns));
    }
  }

  @Override
  public void copyRow(int row, double[] into, int offset) {
    System.arraycopy(values, row * columns, into, offset, columns);
  }
}
