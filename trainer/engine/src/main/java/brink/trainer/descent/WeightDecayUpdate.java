package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** w ← (1 − η·λ_wd)·w − η·∇L(w). */
record WeightDecayUpdate(Kernels kernels) implements Update {
  @Override
  public void apply(Hyperparameters now, Tensor weights, Tensor gradient, Tensor next) {
    kernels.copy(weights, next);
    kernels.scale(1 - now.intrinsicLearningRate(), next);
    kernels.axpy(-now.learningRate(), gradient, next);
  }
}
