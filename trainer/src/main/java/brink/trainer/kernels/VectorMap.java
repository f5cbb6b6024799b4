package brink.trainer.kernels;

/** Work that makes vectors of other ones, as many. */
@FunctionalInterface
public interface VectorMap {
  /**
   * Does the work.
   *
   * @param from not modified
   * @param to overwritten
   */
  void apply(Tensor from, Tensor to);
}
