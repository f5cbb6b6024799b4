package brink.trainer.network;

import brink.trainer.kernels.Tensor;

/** What an {@link UntrainedLayer} does to its input: a map y = m(x) without weights to train. */
interface UntrainedMap {
  /** Number of columns of the input. */
  int inputs();

  /** Number of columns of the output. */
  int outputs();

  /**
   * output ← m(input).
   *
   * @param input of the batch, or of as many other examples at most
   */
  void apply(Tensor input, Tensor output);

  /** outputTangent ← Dm·inputTangent, at the input that was applied last. */
  void tangent(Tensor inputTangent, Tensor outputTangent);

  /** inputAdjoint ← (Dm)ᵀ·outputAdjoint, at the input that was applied last. */
  void adjoint(Tensor outputAdjoint, Tensor inputAdjoint);
}
