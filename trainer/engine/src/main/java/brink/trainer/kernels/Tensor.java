package brink.trainer.kernels;

/**
 * A dense row-major matrix of numbers that lives where its {@link Kernels} live. A vector of length
 * n is a 1×n matrix. Freed when its Kernels are closed.
 */
public interface Tensor {
  /** Number of rows. */
  int rows();

  /** Number of columns. */
  int columns();

  /** Number of entries. */
  default long length() {
    return (long) rows() * columns();
  }

  /**
   * Copies values in, rounding them to the tensor's precision.
   *
   * @param values row-major, not modified
   * @throws IllegalArgumentException if the lengths differ
   */
  void set(double[] values);

  /** Copies the entries out, row-major. */
  double[] get();

  /**
   * Copies the entries out, row-major, rounded to float.
   *
   * @param to overwritten
   * @throws IllegalArgumentException if the lengths differ
   */
  default void get(float[] to) {
    double[] entries = get();
    if (entries.length != to.length) {
      throw new IllegalArgumentException(entries.length + " entries for " + to.length);
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) entries[i];
    }
  }

  /**
   * A rows×columns window that shares this tensor's memory.
   *
   * @param offset index of the window's first entry
   * @throws IndexOutOfBoundsException if the window leaves this tensor
   */
  Tensor view(long offset, int rows, int columns);

  /** Row i as a vector that shares this tensor's memory. */
  default Tensor row(int i) {
    return view((long) i * columns(), 1, columns());
  }

  /** Adjacent rows as a matrix that shares this tensor's memory. */
  default Tensor rows(int first, int count) {
    return view((long) first * columns(), count, columns());
  }
}
