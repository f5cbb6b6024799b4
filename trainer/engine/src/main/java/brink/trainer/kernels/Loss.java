package brink.trainer.kernels;

/**
 * Mean loss of n examples, from n×k logits z and n×k targets t, as {@link Kernels#loss} computes
 * it.
 */
public enum Loss {
  /**
   * −(1/n) Σᵢ Σⱼ tᵢⱼ log softmax(zᵢ)ⱼ. Every row of the targets is a probability distribution, for
   * example one-hot.
   */
  SOFTMAX_CROSS_ENTROPY,
  /** (1/2n) Σᵢ ‖zᵢ − tᵢ‖²: half the squared error, summed over outputs, averaged over examples. */
  MEAN_SQUARED_ERROR
}
