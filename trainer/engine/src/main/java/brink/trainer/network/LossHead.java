package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;

/** The end of a network: mean loss of logits against targets, with gradient and its tangent. */
final class LossHead {
  private final Kernels kernels;
  private final WeightedLoss loss;
  private final Examples examples;
  private final Tensor predictions;
  private final Tensor gradient;
  private final Scalar unweighted;

  LossHead(Kernels kernels, WeightedLoss loss, Examples examples) {
    this.kernels = kernels;
    this.loss = loss;
    this.examples = examples;
    predictions = kernels.allocate(examples.size(), examples.targets().columns());
    gradient = kernels.allocate(examples.size(), examples.targets().columns());
    unweighted = kernels.allocateScalar();
  }

  /** Computes L and ∂L/∂logits. */
  void evaluate(Tensor logits, Tensor logitsAdjoint) {
    loss.evaluate(kernels, logits, examples.targets(), predictions, logitsAdjoint, unweighted);
  }

  /** Computes L where nobody needs its gradient; may be followed by {@link #accuracy}. */
  void evaluate(Tensor logits) {
    evaluate(logits, gradient);
  }

  /** L, as computed last. */
  double value() {
    return loss.factor() * unweighted.get();
  }

  /** Share of examples whose largest prediction is their class. */
  double accuracy() {
    return kernels.countAgreeingRows(predictions, examples.targets()) / (double) examples.size();
  }

  /** logitsAdjointTangent ← ∂²L/∂logits²·logitsTangent; follows {@link #evaluate}. */
  void tangent(Tensor logitsTangent, Tensor logitsAdjointTangent) {
    loss.tangent(kernels, predictions, logitsTangent, logitsAdjointTangent);
  }
}
