package brink.trainer.landscape;

import brink.trainer.kernels.Tensor;

/** Loss, gradient and Hessian of a {@link Landscape} at one point. */
public interface Linearization {
  /**
   * L(w); waits for what has been queued on the device.
   *
   * @throws ArithmeticException if the loss is undefined at w; products are then not finite
   */
  double loss();

  /**
   * This, where the loss is defined.
   *
   * @throws ArithmeticException if it is not
   */
  default Linearization defined() {
    var _ = loss();
    return this;
  }

  /** ∇L(w), 1×dimension; owned by this linearization. May be asked for before the loss is. */
  Tensor gradient();

  /**
   * result ← ∇²L(w)·v, exact.
   *
   * @param v 1×dimension, not modified
   * @param result 1×dimension, overwritten; must not share memory with v
   */
  void hessianVectorProduct(Tensor v, Tensor result);

  /**
   * Rows of results ← ∇²L(w) times rows of vectors. Several products may share work that they have
   * in common, so that their last digits depend on the others'.
   *
   * @param vectors any number of vectors, ×dimension, not modified
   * @param results as vectors, overwritten; must not share memory with them
   */
  default void hessianVectorProducts(Tensor vectors, Tensor results) {
    for (int i = 0; i < vectors.rows(); i++) {
      hessianVectorProduct(vectors.row(i), results.row(i));
    }
  }
}
