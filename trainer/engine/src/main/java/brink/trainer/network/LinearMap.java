package brink.trainer.network;

import brink.trainer.kernels.Tensor;

/**
 * A map z = B(w, x) that is linear in the weights w and in the input x. Its three products give all
 * passes and their tangents, since the derivative of each is a sum of the same products. With add
 * set, a product is added to its target, otherwise it overwrites the target.
 */
interface LinearMap {
  /** Number of columns of the input. */
  int inputs();

  /** Number of columns of the output. */
  int outputs();

  /** Rows of the weight matrix. */
  int weightRows();

  /** Columns of the weight matrix. */
  int weightColumns();

  /** output ← B(weights, input). */
  void product(Tensor weights, Tensor input, Tensor output, boolean add);

  /** weightAdjoint ← (∂B/∂w)ᵀ·outputAdjoint. */
  void weightAdjoint(Tensor input, Tensor outputAdjoint, Tensor weightAdjoint, boolean add);

  /** inputAdjoint ← (∂B/∂x)ᵀ·outputAdjoint. */
  void inputAdjoint(Tensor weights, Tensor outputAdjoint, Tensor inputAdjoint, boolean add);
}
