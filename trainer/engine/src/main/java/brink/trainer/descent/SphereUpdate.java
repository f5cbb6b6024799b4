package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/** θ ← (θ − η·∇L(θ))/‖θ − η·∇L(θ)‖. */
record SphereUpdate(Kernels kernels) implements Update {
  @Override
  public void begin(Tensor weights) {
    kernels.scale(1 / kernels.norm(weights), weights);
  }

  @Override
  public void apply(Hyperparameters now, Tensor weights, Tensor gradient, Tensor next) {
    kernels.copy(weights, next);
    kernels.axpy(-now.learningRate(), gradient, next);
    kernels.scale(1 / kernels.norm(next), next);
  }
}
