package brink.trainer.landscape;

import brink.trainer.kernels.Tensor;

/** Loss, gradient and Hessian of a {@link Landscape} at one point. */
public interface Linearization {
  /** L(w). */
  double loss();

  /** ∇L(w), 1×dimension; owned by this linearization. */
  Tensor gradient();

  /**
   * result ← ∇²L(w)·v, exact.
   *
   * @param v 1×dimension, not modified
   * @param result 1×dimension, overwritten; must not share memory with v
   */
  void hessianVectorProduct(Tensor v, Tensor result);
}
