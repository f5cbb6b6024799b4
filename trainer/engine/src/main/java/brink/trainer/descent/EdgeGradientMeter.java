package brink.trainer.descent;

import brink.trainer.curvature.EdgeSpectrum;
import brink.trainer.curvature.EdgeThreshold;
import brink.trainer.curvature.LogSharpnessGradient;
import brink.trainer.curvature.SharpnessProbe;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness.EdgeGradient;
import brink.trainer.flow.FlowGradient;
import brink.trainer.flow.LeastSharpnessGradient;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures G² without a model; where several eigenvalues stand at the threshold, G*² of all of
 * them, too, also of those that are not followed from step to step.
 */
final class EdgeGradientMeter {
  /**
   * Most eigenvalues that are measured together. Eight are 36 g_ij; each costs up to 40
   * Hessian-vector products.
   */
  private static final int MOST = 8;

  /** Where training pays for it by a share of its cost: six g_ij. */
  private static final int MOST_BY_SHARE = 3;

  private final DescentSettings settings;
  private final Landscape landscape;
  private final LogSharpnessGradient gradient;
  private final EdgeSpectrum spectrum;
  private long linearizations;
  private long products;

  EdgeGradientMeter(Landscape landscape, DescentSettings settings) {
    this.settings = settings;
    this.landscape = landscape;
    int most = mostEigenvalues(settings.directCadence());
    gradient = new LogSharpnessGradient(landscape, LogSharpnessGradient.DEFAULT_STEPS, most);
    spectrum =
        new EdgeSpectrum(
            landscape.kernels(), landscape.dimension(), most, settings.sharpness().seed());
  }

  /** Most eigenvalues that are measured together. */
  static int mostEigenvalues(DirectCadence cadence) {
    return cadence instanceof DirectCadence.Share ? MOST_BY_SHARE : MOST;
  }

  /**
   * What was measured.
   *
   * @param leading G² of λ₁ alone
   * @param edge G*² where it is another
   * @param slopeRate d log λ/dτ by the slope of the loss along the gradient whose squared length
   *     edge is, or leading; null without weight decay
   * @param lagging G² of the motion across Γ that follows late, of the same; null likewise
   * @param flow what drives the flow; null where it was not found, or where s is not followed of
   *     all that are at the threshold
   */
  record Found(
      @Nullable Double leading,
      @Nullable EdgeGradient edge,
      @Nullable Double slopeRate,
      @Nullable Double lagging,
      @Nullable FlowGradient flow) {
    static final Found NONE = new Found(null, null, null, null, null);
  }

  /**
   * Measures at one point.
   *
   * @param direction θ there, not modified
   * @param sharpness there, λ₁ positive
   * @param weightNormSquared ‖w‖² at the step
   * @param atMidpoint whether that is between two iterates, where the gradient of the loss is
   *     without the oscillation
   */
  Found measure(
      long step,
      Tensor direction,
      SharpnessProbe.Measurement sharpness,
      double weightNormSquared,
      boolean atMidpoint) {
    Rates rates = rates(step, weightNormSquared);
    Slope slope = atMidpoint && rates.intrinsic() > 0 ? Slope.VECTOR : Slope.NONE;
    double threshold = rates.threshold(settings.rule().momentumCoefficient());
    int count = EdgeThreshold.count(sharpness.eigenvalues(), sharpness.residuals(), threshold);
    if (count == 1) {
      return alone(direction, sharpness, rates, slope);
    }
    if (count < sharpness.eigenvalues().size()) {
      List<Double> values = sharpness.eigenvalues().subList(0, count);
      return together(direction, values, sharpness.vectors(), rates, slope);
    }
    EdgeSpectrum.Found all = spectrum(step, direction, sharpness, threshold);
    if (!all.isWhole()) {
      return new Found(leading(direction, sharpness), null, null, null, null);
    }
    if (all.eigenvalues().size() == 1) {
      return alone(direction, sharpness, rates, slope);
    }
    // s is followed of those that are measured at every step
    boolean isFollowed = slope == Slope.NONE || all.eigenvalues().size() <= count;
    Slope wanted = isFollowed ? slope : Slope.RATE;
    return together(direction, all.eigenvalues(), all.vectors(), rates, wanted);
  }

  /** All that measurements have cost, in gradients (see {@link DirectSchedule}). */
  long cost() {
    return linearizations
        + gradient.linearizations()
        + DirectSchedule.PRODUCT * (products + gradient.products());
  }

  /** v ← its part tangent to Γ, after a measurement. */
  void projectOnManifold(Tensor v) {
    gradient.projectOnManifold(v);
  }

  /**
   * The rates of a step.
   *
   * @param effective η̃
   * @param intrinsic η_in
   */
  private record Rates(double effective, double intrinsic) {
    double threshold(double momentum) {
      return EdgeThreshold.of(effective, intrinsic, momentum);
    }

    /** What a slope of the loss moves by per unit of flow time. */
    double perSlope() {
      return -effective / intrinsic;
    }
  }

  private Rates rates(long step, double weightNormSquared) {
    Hyperparameters now = settings.hyperparametersAt(step);
    return new Rates(
        SphereGeometry.effectiveLearningRate(
            now.learningRate(), now.weightDecay(), weightNormSquared),
        now.intrinsicLearningRate());
  }

  /** What is wanted of the slope of the loss along Γ. */
  private enum Slope {
    /** Nothing: at iterates it is that of the oscillation, and without decay there is no flow. */
    NONE,
    /** Its part along g. */
    RATE,
    /** All of it, for the flow's direction: one projection on Γ more. */
    VECTOR
  }

  private Found alone(
      Tensor direction, SharpnessProbe.Measurement sharpness, Rates rates, Slope slope) {
    double leading = leading(direction, sharpness);
    FlowGradient flow = FlowGradient.ofOne(gradient.gradient(), leading);
    return found(leading, null, flow, gradient::lagging, rates, slope);
  }

  private Found found(
      double leading,
      @Nullable EdgeGradient edge,
      FlowGradient flow,
      DoubleSupplier lagging,
      Rates rates,
      Slope slope) {
    if (slope == Slope.NONE) {
      return new Found(leading, edge, null, null, null);
    }
    double rate = rates.perSlope() * gradient.lossSlope(0);
    double late = rates.intrinsic() / 2 * lagging.getAsDouble();
    if (slope == Slope.RATE) {
      return new Found(leading, edge, rate, late, null);
    }
    Tensor drift = gradient.lossGradientOnManifold();
    landscape.kernels().scale(rates.perSlope(), drift);
    return new Found(leading, edge, rate, late, flow.sloping(drift, rate));
  }

  private double leading(Tensor direction, SharpnessProbe.Measurement sharpness) {
    double largest = sharpness.eigenvalues().getFirst();
    return gradient.measure(direction, sharpness.leadingVector(), largest);
  }

  private EdgeSpectrum.Found spectrum(
      long step, Tensor direction, SharpnessProbe.Measurement followed, double threshold) {
    linearizations++;
    EdgeSpectrum.Found found =
        spectrum.at(step, landscape.linearize(direction), direction, followed, threshold);
    products += found.products();
    return found;
  }

  private Found together(
      Tensor direction, List<Double> values, Tensor all, Rates rates, Slope slope) {
    int count = values.size();
    // theirs by any basis of the eigenspace
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    Tensor vectors = all.view(0, count, direction.columns());
    double[][] inner = gradient.innerProducts(direction, vectors, mean);
    double ratio = mean / values.getFirst();
    double leading = ratio * ratio * inner[0][0];
    double[] slopes = new double[inner.length];
    if (slope != Slope.NONE) {
      Arrays.setAll(slopes, a -> rates.perSlope() * gradient.lossSlope(a));
    }
    LeastSharpnessGradient least = LeastSharpnessGradient.of(inner, slopes, count).orElse(null);
    if (least == null) {
      return new Found(leading, null, null, null, null);
    }
    gradient.combine(least.coefficients());
    FlowGradient flow =
        new FlowGradient(
            gradient.gradient(),
            least.squared(),
            least.leadingWeights(),
            separation(inner),
            null,
            0);
    return found(
        leading,
        new EdgeGradient(count, least.squared()),
        flow,
        () -> gradient.lagging(least.coefficients()),
        rates,
        slope);
  }

  /** ‖g₁₁ − g_kk‖. */
  private static double separation(double[][] inner) {
    int last = inner.length - 1;
    return Math.sqrt(Math.max(0, inner[0][0] + inner[last][last] - 2 * inner[0][last]));
  }
}
