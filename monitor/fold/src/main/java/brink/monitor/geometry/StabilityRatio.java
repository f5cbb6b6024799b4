package brink.monitor.geometry;

/**
 * The stability ratio s = η̃·λ₁/2 and its factor η̃; the Edge of Stability is s ≈ 1
 * (docs/theory.md, definitions).
 */
public final class StabilityRatio {
  private StabilityRatio() {}

  /**
   * Effective learning rate η̃ = η / ((1 − η_in)·‖w‖²): GD with weight decay moves the direction as
   * one GD step of this size on the sphere does.
   *
   * @param learningRate η
   * @param intrinsicLearningRate η_in = η·λ_wd, 1/step, below 1
   * @param weightNormSquared ‖w‖², positive
   */
  public static double effectiveLearningRate(
      double learningRate, double intrinsicLearningRate, double weightNormSquared) {
    return learningRate / ((1 - intrinsicLearningRate) * weightNormSquared);
  }

  /** s = η̃·λ₁/2. */
  public static double of(double effectiveLearningRate, double sphericalSharpness) {
    return effectiveLearningRate * sphericalSharpness / 2;
  }

  /**
   * Hessian-free stand-in for s: half of 1 minus the factor by which the gradient was multiplied
   * along itself. Equals s where the motion is along the top eigenvector, which every oscillation
   * with period two becomes.
   *
   * <p>With momentum that factor z is a root of z² − (1 + β − η̃·λ₁)·z + β.
   *
   * @param cosine cosine of ∇L(w_t) and ∇L(w_{t−1})
   * @param growth ‖∇L(w_t)‖ / ‖∇L(w_{t−1})‖
   * @param momentum β
   */
  public static double fromGradients(double cosine, double growth, double momentum) {
    double factor = cosine * growth;
    double plain = 1 - factor;
    return momentum == 0 ? plain / 2 : (plain + momentum * (1 - 1 / factor)) / (2 * (1 + momentum));
  }

  /**
   * The same from the curvature along the last move, Δg·Δw/‖Δw‖² = ‖w‖⁻²·λ₁ there: s =
   * η̃·‖w‖²·curvature/2.
   *
   * @param directionalCurvature Δg·Δw/‖Δw‖² in units of ∇²L(w)
   */
  public static double fromDirectionalCurvature(
      double effectiveLearningRate, double weightNormSquared, double directionalCurvature) {
    return effectiveLearningRate * weightNormSquared * directionalCurvature / 2;
  }
}
