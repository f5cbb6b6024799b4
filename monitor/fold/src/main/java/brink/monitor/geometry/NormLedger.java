package brink.monitor.geometry;

/**
 * The exact identity ‖w_{t+1}‖² = (1 − η_in)²·‖w_t‖²·(1 + α_t²) of every scale-invariant loss. A
 * stream that breaks it has lost or altered a step, changed hyper-parameters unnoticed, or is not
 * scale-invariant.
 */
public final class NormLedger {
  private NormLedger() {}

  /** ‖w_{t+1}‖² as it follows from step t. */
  public static double predicted(
      double weightNormSquared, double intrinsicLearningRate, double angularStepSquared) {
    double decay = 1 - intrinsicLearningRate;
    return decay * decay * weightNormSquared * (1 + angularStepSquared);
  }

  /** Relative error: observed over predicted, minus 1. */
  public static double error(double observed, double predicted) {
    return observed / predicted - 1;
  }
}
