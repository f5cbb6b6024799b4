package brink.trainer.network;

import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;

/**
 * How the weights w of a {@link LinearMap} follow from the trained weights v, the layer's block of
 * the network's flat weights. Passes as in {@link Layer}.
 */
interface Parametrization {
  /** Place of v in the flat weights; w has the same shape. */
  WeightBlock block();

  /** Computes w. */
  void forward(Tensor flat);

  /** w of the last {@link #forward}. */
  Tensor weights();

  /** Where ∂L/∂w goes before {@link #backward}. */
  Tensor weightsAdjoint(Tensor flatGradient);

  /** Block of the gradient ← ∂L/∂v. */
  void backward(Tensor flatGradient);

  /** Computes ẇ. */
  void tangent(Tensor flatTangent);

  /** ẇ of the last {@link #tangent}. */
  Tensor weightsTangent();

  /**
   * From the tangent of ∂L/∂w to that of ∂L/∂v, in place.
   *
   * @param flatGradientTangent its block is modified
   */
  void backwardTangent(Tensor flatGradientTangent);
}
