package brink.trainer.landscape;

/**
 * Some entries of a matrix.
 *
 * @param rows row of each entry, from 0; owned by this record, not to be modified
 * @param columns column of each entry, from 0; likewise
 * @param values of the entries; likewise
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
public record MatrixEntries(int[] rows, int[] columns, double[] values) {
  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ
   */
  public MatrixEntries {
    if (rows.length != values.length || columns.length != values.length) {
      throw new IllegalArgumentException(
          "%d rows and %d columns for %d values"
              .formatted(rows.length, columns.length, values.length));
    }
  }

  /** How many. */
  public int size() {
    return values.length;
  }
}
