package brink.trainer.curvature;

import java.util.List;

/**
 * From which eigenvalue on a direction oscillates: (1 − ½√η_in)·2(1 + β)/η̃. Where several
 * eigenvalues take turns at 2(1 + β)/η̃, each is now above it and now below, by some √η_in. By this
 * rule G*² and the oscillation belong together within a tenth on networks of which two to seven
 * eigenvalues are at the threshold (docs/theory.md). What a step says about several of them is
 * about those that this rule counts; whoever reads it counts by the same rule
 * (Sharpness.edge_eigenvalues).
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
    return 2 * (1 + momentum) / effectiveLearningRate * (1 - Math.sqrt(intrinsicLearningRate) / 2);
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
