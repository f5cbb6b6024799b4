package brink.monitor.geometry;

/**
 * The squared tangent of the angle moved in one step, α² = (η̃·‖∇L(θ)‖)² with ‖∇L(θ)‖ =
 * ‖w‖·‖∇L(w)‖, and what its mean says at the Edge of Stability: ⟨α²⟩ = 8η_in/(4 + G²).
 */
public final class AngularStep {
  private AngularStep() {}

  /** α², rad². */
  public static double squared(
      double effectiveLearningRate, double weightNormSquared, double gradientNormSquared) {
    return effectiveLearningRate * effectiveLearningRate * weightNormSquared * gradientNormSquared;
  }

  /**
   * α²/(2η_in): 1 where the flow is at rest, 4/(4 + G²) along it, and twice the rate at which α²
   * makes up for the decay of log ‖w‖². Infinite or NaN without weight decay.
   */
  public static double share(double angularStepSquared, double intrinsicLearningRate) {
    return angularStepSquared / (2 * intrinsicLearningRate);
  }

  /**
   * The same to all orders of η_in, by the norm ledger: 1 + [ln(1 + α²) + 2·ln(1 − η_in)]/(2η_in),
   * which is 1 where ‖w‖ rests.
   */
  public static double ledgerShare(double angularStepSquared, double intrinsicLearningRate) {
    double growth =
        StrictMath.log1p(angularStepSquared) + 2 * StrictMath.log1p(-intrinsicLearningRate);
    return 1 + growth / (2 * intrinsicLearningRate);
  }
}
