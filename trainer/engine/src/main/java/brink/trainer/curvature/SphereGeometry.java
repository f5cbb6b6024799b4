package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;

/**
 * Gradient descent with weight decay on a scale-invariant loss, seen on the unit sphere: θ = w/‖w‖
 * moves as one gradient step of the effective learning rate, re-normalised (Lyu, Li, Arora, arXiv
 * 2206.07085). Every identity here is exact for one step.
 */
public final class SphereGeometry {
  private SphereGeometry() {}

  /**
   * η̃ = η / ((1 − η·λ_wd)·‖w‖²).
   *
   * @param learningRate η
   * @param weightDecay λ_wd
   * @param weightNormSquared ‖w‖²
   */
  public static double effectiveLearningRate(
      double learningRate, double weightDecay, double weightNormSquared) {
    return learningRate / ((1 - learningRate * weightDecay) * weightNormSquared);
  }

  /**
   * s = η̃·λ₁/2; the Edge of Stability is s ≈ 1.
   *
   * @param effectiveLearningRate η̃
   * @param sphericalSharpness λ₁
   */
  public static double stabilityRatio(double effectiveLearningRate, double sphericalSharpness) {
    return effectiveLearningRate * sphericalSharpness / 2;
  }

  /**
   * α² = (η̃·‖∇L(θ)‖)², the squared tangent of the angle of one step, in rad²; ‖∇L(θ)‖ =
   * ‖w‖·‖∇L(w)‖.
   *
   * @param effectiveLearningRate η̃
   * @param weightNormSquared ‖w‖²
   * @param gradientNormSquared ‖∇L(w)‖²
   */
  public static double angularStepSquared(
      double effectiveLearningRate, double weightNormSquared, double gradientNormSquared) {
    return effectiveLearningRate * effectiveLearningRate * weightNormSquared * gradientNormSquared;
  }

  /**
   * The norm ledger: ‖w_{t+1}‖² = (1 − η·λ_wd)²·‖w_t‖²·(1 + α²).
   *
   * @param intrinsicLearningRate η·λ_wd
   * @param weightNormSquared ‖w_t‖²
   * @param angularStepSquared α²
   */
  public static double nextWeightNormSquared(
      double intrinsicLearningRate, double weightNormSquared, double angularStepSquared) {
    double decay = 1 - intrinsicLearningRate;
    return decay * decay * weightNormSquared * (1 + angularStepSquared);
  }

  /**
   * v ← v − θ⟨θ, v⟩.
   *
   * @param direction θ, of length 1, not modified
   * @param v modified
   */
  public static void projectOnTangent(Kernels kernels, Tensor direction, Tensor v) {
    kernels.removeComponent(direction, v);
  }

  /**
   * result ← w/‖w‖.
   *
   * @param w not modified
   * @param result overwritten
   */
  public static void direction(Kernels kernels, Tensor w, Tensor result) {
    direction(kernels, w, kernels.norm(w), result);
  }

  /**
   * result ← w/‖w‖.
   *
   * @param w not modified
   * @param norm ‖w‖
   * @param result overwritten
   */
  public static void direction(Kernels kernels, Tensor w, double norm, Tensor result) {
    kernels.copy(w, result);
    kernels.scale(1 / norm, result);
  }

  /**
   * result ← (θ_a + θ_b)/2, re-normalised to length 1.
   *
   * @param a weights of one iterate, not modified
   * @param normOfA ‖a‖
   * @param b weights of the next iterate, not modified
   * @param normOfB ‖b‖
   * @param result overwritten
   */
  public static void midpointDirection(
      Kernels kernels, Tensor a, double normOfA, Tensor b, double normOfB, Tensor result) {
    direction(kernels, a, normOfA, result);
    kernels.axpy(1 / normOfB, b, result);
    kernels.scale(1 / kernels.norm(result), result);
  }

  /**
   * |⟨w, ∇L(w)⟩|/(‖w‖·‖∇L(w)‖), which is 0 for a scale-invariant loss (Euler) up to rounding; 0
   * where the gradient vanishes.
   *
   * @param w not modified
   * @param gradient ∇L(w), not modified
   */
  public static double scaleInvarianceError(Kernels kernels, Tensor w, Tensor gradient) {
    double product = Math.abs(kernels.dot(w, gradient));
    return product == 0 ? 0 : product / (kernels.norm(w) * kernels.norm(gradient));
  }
}
