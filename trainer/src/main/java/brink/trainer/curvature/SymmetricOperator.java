package brink.trainer.curvature;

import brink.trainer.kernels.Tensor;

/** A symmetric matrix that is known by what it does to a vector. */
interface SymmetricOperator {
  /** Length of the vectors. */
  int dimension();

  /** Dimension of the subspace that {@link #project} maps onto. */
  default int rank() {
    return dimension();
  }

  /**
   * result ← A·v.
   *
   * @param v in the subspace, not modified
   * @param result overwritten; shares no memory with v
   */
  void apply(Tensor v, Tensor result);

  /** v ← its projection on the subspace in which the operator acts; everything by default. */
  default void project(Tensor v) {}
}
