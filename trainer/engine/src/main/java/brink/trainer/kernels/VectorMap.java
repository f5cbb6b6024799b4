package brink.trainer.kernels;

/** Work that makes one vector of another. */
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
