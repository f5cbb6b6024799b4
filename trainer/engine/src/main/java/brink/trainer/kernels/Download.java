package brink.trainer.kernels;

/**
 * A vector on its way from a device to the Java heap. Begun by the thread that uses the {@link
 * Kernels}, taken by any thread, in turns: the next is begun when the last has been taken. Freed
 * when its Kernels are closed.
 */
public interface Download {
  /**
   * Begins to copy a vector, which may be overwritten as soon as this returns. The device goes on
   * with other work meanwhile.
   */
  void begin(Tensor vector);

  /**
   * The entries of the vector, rounded to float; waits for them.
   *
   * @return an array of the download's own, which it overwrites when the next vector is taken
   */
  float[] take();
}
