package brink.trainer.descent;

import brink.trainer.curvature.EdgeThreshold;
import brink.trainer.curvature.LogSharpnessGradient;
import brink.trainer.curvature.SharpnessProbe;
import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness.EdgeGradient;
import brink.trainer.flow.FlowGradient;
import brink.trainer.flow.LeastSharpnessGradient;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import java.util.List;
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
   * @param flow what drives the flow; null where it was not found
   */
  record Found(@Nullable Double leading, @Nullable EdgeGradient edge, @Nullable FlowGradient flow) {
    static final Found NONE = new Found(null, null, null);
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
    int count = atThreshold(step, sharpness, weightNormSquared);
    if (count > 1 && count <= mostEigenvalues(settings.sharpness())) {
      return together(direction, sharpness, count);
    }
    double largest = sharpness.eigenvalues().getFirst();
    double leading = gradient.measure(direction, sharpness.leadingVector(), largest);
    FlowGradient flow = FlowGradient.ofOne(gradient.gradient(), leading);
    return new Found(leading, null, count == 1 ? flow : null);
  }

  /** All that measurements have cost, in gradients (see {@link DirectSchedule}). */
  long cost() {
    return gradient.linearizations() + DirectSchedule.PRODUCT * gradient.products();
  }

  /** v ← its part tangent to Γ, after a measurement. */
  void projectOnManifold(Tensor v) {
    gradient.projectOnManifold(v);
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

  private Found together(Tensor direction, SharpnessProbe.Measurement sharpness, int count) {
    List<Double> values = sharpness.eigenvalues().subList(0, count);
    // theirs by any basis of the eigenspace
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    Tensor vectors = sharpness.vectors().view(0, count, direction.columns());
    double[][] products = gradient.innerProducts(direction, vectors, mean);
    double ratio = mean / values.getFirst();
    double leading = ratio * ratio * products[0][0];
    LeastSharpnessGradient least = LeastSharpnessGradient.of(products, count).orElse(null);
    if (least == null) {
      return new Found(leading, null, null);
    }
    gradient.combine(least.coefficients());
    return new Found(
        leading,
        new EdgeGradient(count, least.squared()),
        new FlowGradient(
            gradient.gradient(), least.squared(), least.leadingWeights(), separation(products)));
  }

  /** ‖g₁₁ − g_kk‖. */
  private static double separation(double[][] products) {
    int last = products.length - 1;
    return Math.sqrt(Math.max(0, products[0][0] + products[last][last] - 2 * products[0][last]));
  }
}
