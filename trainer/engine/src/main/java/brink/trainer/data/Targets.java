package brink.trainer.data;

/** What a data set asks to be predicted, one entry for each example. */
public sealed interface Targets {
  /** Number of examples. */
  int size();

  /**
   * The examples at these places, in this order.
   *
   * @param rows indices into this, not modified
   */
  Targets select(int[] rows);

  /**
   * Class labels.
   *
   * @param labels from 0 to count − 1; owned by this record, not to be modified
   * @param count number of classes, also of those that no example here belongs to
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is never asked for
  record Classes(int[] labels, int count) implements Targets {
    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public Classes select(int[] rows) {
      int[] selected = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        selected[i] = labels[rows[i]];
      }
      return new Classes(selected, count);
    }
  }

  /**
   * Real numbers.
   *
   * @param values owned by this record, not to be modified
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is never asked for
  record Values(double[] values) implements Targets {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Values select(int[] rows) {
      double[] selected = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        selected[i] = values[rows[i]];
      }
      return new Values(selected);
    }
  }
}
