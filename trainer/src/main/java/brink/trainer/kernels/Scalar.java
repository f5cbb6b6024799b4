package brink.trainer.kernels;

/**
 * A number in double precision that operations on a device yield, now or later. Freed when its
 * {@link Kernels} are closed.
 */
@FunctionalInterface
public interface Scalar {
  /** The number that was written last; waits for it. */
  double get();
}
