package brink.trainer.descent;

import brink.trainer.curvature.EdgeThreshold;
import brink.trainer.curvature.LogSharpnessGradient;
import brink.trainer.curvature.SharpnessProbe;
import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness.EdgeGradient;
import brink.trainer.flow.LeastSharpnessGradient;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Measures G² without a model; where several of the measured eigenvalues stand at the threshold,
 * G*² of all of them, too.
 */
final class EdgeGradientMeter {
  /**
   * Six g_ij; each costs up to 40 Hessian-vector products, and more at the edge were never seen.
   */
  private static final int MOST = 3;

  private final DescentSettings settings;
  private final LogSharpnessGradient gradient;

  EdgeGradientMeter(Landscape landscape, DescentSettings settings) {
    this.settings = settings;
    gradient =
        new LogSharpnessGradient(
            landscape, LogSharpnessGradient.DEFAULT_STEPS, mostEigenvalues(settings.sharpness()));
  }

  /** Most eigenvalues that are measured together. */
  static int mostEigenvalues(SharpnessSettings sharpness) {
    return Math.min(MOST, sharpness.count());
  }

  /**
   * What was measured.
   *
   * @param leading G² of λ₁ alone
   * @param edge G*² where it is another
   */
  record Found(@Nullable Double leading, @Nullable EdgeGradient edge) {
    static final Found NONE = new Found(null, null);
  }

  /**
   * Measures at one point.
   *
   * @param direction θ there, not modified
   * @param sharpness there, λ₁ positive
   * @param weightNormSquared ‖w‖² at the step
   */
  Found measure(
      long step, Tensor direction, SharpnessProbe.Measurement sharpness, double weightNormSquared) {
    double largest = sharpness.eigenvalues().getFirst();
    double leading = gradient.measure(direction, sharpness.leadingVector(), largest);
    int count = atThreshold(step, sharpness, weightNormSquared);
    if (count < 2 || count > mostEigenvalues(settings.sharpness())) {
      return new Found(leading, null);
    }
    return new Found(leading, edge(direction, sharpness, count));
  }

  private int atThreshold(
      long step, SharpnessProbe.Measurement sharpness, double weightNormSquared) {
    Hyperparameters now = settings.hyperparametersAt(step);
    double threshold =
        EdgeThreshold.of(
            SphereGeometry.effectiveLearningRate(
                now.learningRate(), now.weightDecay(), weightNormSquared),
            now.intrinsicLearningRate(),
            settings.rule().momentumCoefficient());
    return EdgeThreshold.count(sharpness.eigenvalues(), sharpness.residuals(), threshold);
  }

  private @Nullable EdgeGradient edge(
      Tensor direction, SharpnessProbe.Measurement sharpness, int count) {
    List<Double> values = sharpness.eigenvalues().subList(0, count);
    // theirs by any basis of the eigenspace
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    Tensor vectors = sharpness.vectors().view(0, count, direction.columns());
    double[][] products = gradient.innerProducts(direction, vectors, mean);
    OptionalDouble squared = LeastSharpnessGradient.squared(products, count);
    return squared.isPresent() ? new EdgeGradient(count, squared.getAsDouble()) : null;
  }
}
