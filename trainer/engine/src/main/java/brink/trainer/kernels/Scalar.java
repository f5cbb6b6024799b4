package brink.trainer.kernels;

/**
 * A number in double precision that operations on a device yield, now or later. Freed when its
 * {@link Kernels} are closed.
 */
@FunctionalInterface
public interface Scalar {
  /**
   * The number that was written last; waits for it. Where several are needed, it waits once if all
   * were written before the first is read.
   */
  double get();
}
