package brink.trainer.network;

import brink.trainer.kernels.Tensor;

/**
 * What a trained layer does to z = B(w, x): y = h(z), with normalization, activation, or both.
 * Passes as in {@link Layer}, with a place for each of their results; all n×outputs.
 */
interface Response {
  /** Where z goes before {@link #forward}, which may overwrite it. */
  Tensor preactivation();

  /** y from z. */
  void forward();

  /** y. */
  Tensor output();

  /** Where ∂L/∂y goes before {@link #backward}. */
  Tensor outputAdjoint();

  /** ∂L/∂z from ∂L/∂y. */
  void backward();

  /** ∂L/∂z. */
  Tensor preactivationAdjoint();

  /** Where ż goes before {@link #tangent}, which may overwrite it. */
  Tensor preactivationTangent();

  /** ẏ from ż. */
  void tangent();

  /** ẏ. */
  Tensor outputTangent();

  /**
   * From the tangent of ∂L/∂y to that of ∂L/∂z, in place.
   *
   * @param adjointTangent n×outputs, modified
   */
  void backwardTangent(Tensor adjointTangent);

  /**
   * h for other examples, in place, with the statistics of the last {@link #forward}.
   *
   * @param z any number of rows by outputs, modified
   */
  void apply(Tensor z);
}
