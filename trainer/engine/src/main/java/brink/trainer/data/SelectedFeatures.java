package brink.trainer.data;

import org.jspecify.annotations.Nullable;

/**
 * Some rows of other features, in an order of their own.
 *
 * @param selection indices into source; owned by this record, not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
record SelectedFeatures(Features source, int[] selection) implements Features {
  @Override
  public int rows() {
    return selection.length;
  }

  @Override
  public int columns() {
    return source.columns();
  }

  @Override
  public @Nullable ImageShape image() {
    return source.image();
  }

  @Override
  public void copyRow(int row, double[] into, int offset) {
    source.copyRow(selection[row], into, offset);
  }
}
