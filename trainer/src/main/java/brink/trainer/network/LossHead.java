package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** The end of a network: mean loss of logits against targets, with gradient and its tangent. */
final class LossHead {
  private final Kernels kernels;
  private final WeightedLoss loss;
  private final Examples examples;
  private final Tensor predictions;
  private final Tensor gradient;

  LossHead(Kernels kernels, WeightedLoss loss, Examples examples) {
    this.kernels = kernels;
    this.loss = loss;
    this.examples = examples;
    predictions = kernels.allocate(examples.size(), examples.targets().columns());
    gradient = kernels.allocate(examples.size(), examples.targets().columns());
  }

  /** Writes ∂L/∂logits and returns L. */
  double evaluate(Tensor logits, Tensor logitsAdjoint) {
    return loss.evaluate(kernels, logits, examples.targets(), predictions, logitsAdjoint);
  }

  /** L where nobody needs its gradient; may be followed by {@link #accuracy}. */
  double evaluate(Tensor logits) {
    return evaluate(logits, gradient);
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
