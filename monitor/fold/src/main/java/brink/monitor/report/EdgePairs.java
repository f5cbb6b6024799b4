package brink.monitor.report;

import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * η̃·λ₁ averaged over adjacent pairs of steps: at the edge it alternates with period two around 2
 * (docs/theory.md), so only means over consecutive steps say where it stands.
 *
 * @param point where the sharpness was taken
 * @param pairs number of pairs
 * @param mean mean of the pair means of η̃·λ₁
 * @param standardDeviation scatter of the pair means
 */
public record EdgePairs(SharpnessPoint point, int pairs, double mean, double standardDeviation) {
  /**
   * Means of disjoint pairs of steps, which are in order; empty if no two consecutive steps carry
   * the sharpness.
   */
  public static Optional<EdgePairs> of(List<StepObserved> steps, SharpnessPoint point) {
    List<Double> means = new ArrayList<>();
    int i = 0;
    while (i + 1 < steps.size()) {
      StepObserved first = steps.get(i);
      StepObserved second = steps.get(i + 1);
      Optional<Double> a = scaledSharpness(first, point);
      Optional<Double> b = scaledSharpness(second, point);
      if (second.getStep() == first.getStep() + 1 && a.isPresent() && b.isPresent()) {
        means.add((a.get() + b.get()) / 2);
        i += 2;
      } else {
        i++;
      }
    }
    return means.isEmpty() ? Optional.empty() : Optional.of(of(point, means));
  }

  private static EdgePairs of(SharpnessPoint point, List<Double> means) {
    double mean = means.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double variance =
        means.stream()
            .mapToDouble(value -> (value - mean) * (value - mean))
            .average()
            .orElseThrow();
    return new EdgePairs(point, means.size(), mean, Math.sqrt(variance));
  }

  /** η̃·λ₁ = η·λ₁/((1 − η_in)·‖w‖²). */
  static Optional<Double> scaledSharpness(StepObserved step, SharpnessPoint point) {
    if (!step.hasLearningRate() || !step.hasWeightDecay() || !step.hasWeightNormSquared()) {
      return Optional.empty();
    }
    double intrinsic = step.getLearningRate() * step.getWeightDecay();
    double effective = step.getLearningRate() / ((1 - intrinsic) * step.getWeightNormSquared());
    return step.getSharpnessList().stream()
        .filter(sharpness -> sharpness.getPoint() == point && sharpness.getEigenvaluesCount() > 0)
        .map(Sharpness::getEigenvaluesList)
        .map(eigenvalues -> effective * eigenvalues.getFirst())
        .findFirst();
  }
}
