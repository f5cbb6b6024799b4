package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;

/**
 * A loss times a constant, since programs differ in what they divide a squared error by.
 *
 * @param factor 1 for {@link Loss} as it is
 */
record WeightedLoss(Loss loss, double factor) {
  /** As {@link Kernels#loss}, but for the value, which is still without the factor. */
  void evaluate(
      Kernels kernels,
      Tensor logits,
      Tensor targets,
      Tensor predictions,
      Tensor gradient,
      Scalar unweighted) {
    kernels.loss(loss, logits, targets, predictions, gradient, unweighted);
    scale(kernels, gradient);
  }

  /** As {@link Kernels#lossTangent}. */
  void tangent(Kernels kernels, Tensor predictions, Tensor logitsTangent, Tensor gradientTangent) {
    kernels.lossTangent(loss, predictions, logitsTangent, gradientTangent);
    scale(kernels, gradientTangent);
  }

  private void scale(Kernels kernels, Tensor gradient) {
    if (factor != 1) {
      kernels.scale(factor, gradient);
    }
  }
}
