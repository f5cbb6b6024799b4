package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.state.SavedState;

/** An {@link DescentRule} at work, with what it remembers. */
interface Update {
  static Update of(DescentRule rule, Kernels kernels, int dimension) {
    return switch (rule) {
      case DescentRule.Plain _ -> new WeightDecayUpdate(kernels);
      case DescentRule.HeavyBall(double momentum) ->
          new HeavyBallUpdate(kernels, dimension, momentum);
      case DescentRule.Sphere _ -> new SphereUpdate(kernels);
    };
  }

  /** Brings initial weights to where the rule keeps them. */
  default void begin(Tensor weights) {}

  /**
   * Takes one step.
   *
   * @param now η and λ_wd of this step
   * @param weights w_t, not modified
   * @param gradient ∇L(w_t), not modified
   * @param next overwritten by w_{t+1}
   */
  void apply(Hyperparameters now, Tensor weights, Tensor gradient, Tensor next);

  /** Adds what the rule remembers. */
  default void save(SavedState state) {}

  /** Takes it back. */
  default void restore(SavedState state) {}

  /** Takes back what a rule of other settings remembered, as far as this one remembers it, too. */
  default void fork(SavedState state) {}
}
