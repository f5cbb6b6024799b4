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

  /**
   * Rows of results ← A times rows of vectors.
   *
   * @param vectors any number of rows in the subspace, not modified
   * @param results as vectors, overwritten; shares no memory with them
   */
  default void applyToRows(Tensor vectors, Tensor results) {
    for (int i = 0; i < vectors.rows(); i++) {
      apply(vectors.row(i), results.row(i));
    }
  }

  /** v ← its projection on the subspace in which the operator acts; everything by default. */
  default void project(Tensor v) {}
}
