package brink.trainer.descent;

/**
 * What the update w ← (1 − η·λ_wd)·w − η·∇L(w) is made with.
 *
 * @param learningRate η, positive
 * @param weightDecay λ_wd, not negative
 */
public record Hyperparameters(double learningRate, double weightDecay) {
  public Hyperparameters {
    if (!(learningRate > 0 && weightDecay >= 0 && learningRate * weightDecay < 1)) {
      throw new IllegalArgumentException(
          "need learning rate > 0, weight decay ≥ 0 and their product < 1, not %s and %s"
              .formatted(learningRate, weightDecay));
    }
  }

  /** η_in = η·λ_wd, per step. */
  public double intrinsicLearningRate() {
    return learningRate * weightDecay;
  }
}
