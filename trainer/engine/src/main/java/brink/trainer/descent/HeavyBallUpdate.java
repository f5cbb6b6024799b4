package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.state.SavedState;

/** v ← β·v + ∇L(w) + λ_wd·w, w ← w − η·v. */
final class HeavyBallUpdate implements Update {
  private static final String VELOCITY = "velocity";

  private final Kernels kernels;
  private final double momentum;
  private final Tensor velocity;

  HeavyBallUpdate(Kernels kernels, int dimension, double momentum) {
    this.kernels = kernels;
    this.momentum = momentum;
    velocity = kernels.allocate(1, dimension);
  }

  @Override
  public void apply(Hyperparameters now, Tensor weights, Tensor gradient, Tensor next) {
    kernels.scale(momentum, velocity);
    kernels.axpy(1, gradient, velocity);
    kernels.axpy(now.weightDecay(), weights, velocity);
    kernels.copy(weights, next);
    kernels.axpy(-now.learningRate(), velocity, next);
  }

  @Override
  public void save(SavedState state) {
    state.put(VELOCITY, velocity);
  }

  @Override
  public void restore(SavedState state) {
    state.restore(VELOCITY, velocity);
  }

  /** After descent without momentum the velocity begins at 0, as in a new run. */
  @Override
  public void fork(SavedState state) {
    if (state.hasVector(VELOCITY)) {
      restore(state);
    }
  }
}
