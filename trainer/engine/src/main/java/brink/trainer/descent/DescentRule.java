package brink.trainer.descent;

/** How the weights move from one step to the next. */
public sealed interface DescentRule {
  /** Gradient descent with weight decay, w ← (1 − η·λ_wd)·w − η·∇L(w). */
  record Plain() implements DescentRule {}

  /**
   * Heavy ball as PyTorch's SGD has it, without dampening: v ← β·v + ∇L(w) + λ_wd·w, w ← w − η·v, v
   * = 0 at first. Its edge is at η̃·λ₁ = 2(1 + β).
   *
   * @param momentum β, in (0, 1)
   */
  record HeavyBall(double momentum) implements DescentRule {
    public HeavyBall {
      if (!(momentum > 0 && momentum < 1)) {
        throw new IllegalArgumentException("momentum needs 0 ≤ β < 1, not " + momentum);
      }
    }
  }

  /**
   * Projected gradient descent on the unit sphere, θ ← (θ − η·∇L(θ))/‖θ − η·∇L(θ)‖: the effective
   * learning rate is η itself and stays so. Without weight decay.
   */
  record Sphere() implements DescentRule {}

  /** With momentum β; plain gradient descent where β = 0. */
  static DescentRule withMomentum(double momentum) {
    return momentum == 0 ? new Plain() : new HeavyBall(momentum);
  }

  /** β; 0 without momentum. */
  default double momentumCoefficient() {
    return this instanceof HeavyBall(double momentum) ? momentum : 0;
  }
}
