package brink.trainer.curvature;

import java.util.List;

/**
 * From which eigenvalue on a direction oscillates: (1 − √η_in)·2(1 + β)/η̃, which is 2(1 + β)/η̃
 * less the offset of order √η_in that midpoints keep of the oscillation. What a step says about
 * several eigenvalues at the threshold is about those that this rule counts; whoever reads it
 * counts by the same rule (Sharpness.edge_eigenvalues).
 */
public final class EdgeThreshold {
  private EdgeThreshold() {}

  /**
   * The threshold.
   *
   * @param effectiveLearningRate η̃
   * @param intrinsicLearningRate η_in
   * @param momentum β
   */
  public static double of(
      double effectiveLearningRate, double intrinsicLearningRate, double momentum) {
    return 2 * (1 + momentum) / effectiveLearningRate * (1 - Math.sqrt(intrinsicLearningRate));
  }

  /**
   * How many eigenvalues are not below the threshold by more than their residuals, λ₁ counted in
   * any case.
   *
   * @param eigenvalues descending
   * @param residuals of each
   */
  public static int count(List<Double> eigenvalues, List<Double> residuals, double threshold) {
    int count = 1;
    for (int i = 1; i < eigenvalues.size(); i++) {
      count += eigenvalues.get(i) + residuals.get(i) >= threshold ? 1 : 0;
    }
    return count;
  }
}
