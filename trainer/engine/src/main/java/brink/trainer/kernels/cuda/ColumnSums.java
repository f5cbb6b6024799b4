package brink.trainer.kernels.cuda;

/**
 * Sums over the rows of each column of some matrices.
 *
 * @param kernel that adds up
 * @param kinds numbers of each column
 * @param tensors of the kernel, and its other arguments between the size and the partial sums
 */
@SuppressWarnings("ArrayRecordComponent") // arguments on their way to the launcher
record ColumnSums(String kernel, int kinds, Object... tensors) {
  int numbers(int columns) {
    return Math.multiplyExact(kinds, columns);
  }

  /** All arguments of the kernel. */
  Object[] arguments(int rows, int columns, long partial) {
    Object[] all = new Object[tensors.length + 3];
    all[0] = (long) rows;
    all[1] = columns;
    System.arraycopy(tensors, 0, all, 2, tensors.length);
    all[all.length - 1] = partial;
    return all;
  }
}
