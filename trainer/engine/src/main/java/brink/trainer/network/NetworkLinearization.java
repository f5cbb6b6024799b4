package brink.trainer.network;

import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Linearization;

/** A network at some weights: its loss, and its outputs f(w) for all n training examples. */
public interface NetworkLinearization extends Linearization {
  /** The logits f(w), n×outputs; owned by the network, valid until it is linearized elsewhere. */
  Tensor outputs();

  /**
   * J·v = ∂f/∂w·v at the price of a forward pass: the primal passes are those of the linearization.
   *
   * @param v 1×dimension, not modified
   * @return n×outputs; owned by the network, valid until its next product
   */
  Tensor jacobianVectorProduct(Tensor v);
}
