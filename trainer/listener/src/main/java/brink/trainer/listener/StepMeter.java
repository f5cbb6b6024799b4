package brink.trainer.listener;

import brink.trainer.listener.network.TrainedArray;
import brink.v1.Layer;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Norms of the observed weights and gradients, and how they differ from the step before. */
final class StepMeter {
  private final List<TrainedArray> parameters;
  private double @Nullable [] lastWeights;
  private double @Nullable [] lastGradient;

  /**
   * @param parameters what is observed
   */
  StepMeter(List<TrainedArray> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Writes what these two vectors tell into a message; what they do not tell stays absent.
   *
   * @param weights of the observed parameters one after the other; kept
   * @param gradient likewise; kept
   */
  void measure(double[] weights, double[] gradient, StepObserved.Builder step) {
    step.setWeightNormSquared(dot(weights, weights, 0, weights.length));
    step.setGradientNormSquared(dot(gradient, gradient, 0, gradient.length));
    step.addAllLayers(layers(weights, gradient));
    if (lastWeights != null && lastGradient != null) {
      compare(lastWeights, lastGradient, weights, gradient, step);
    }
    lastWeights = weights;
    lastGradient = gradient;
  }

  private List<Layer> layers(double[] weights, double[] gradient) {
    List<Layer> layers = new ArrayList<>();
    int begin = 0;
    for (TrainedArray parameter : parameters) {
      int end = begin + parameter.length();
      layers.add(
          Layer.newBuilder()
              .setName(parameter.layer() + "." + parameter.key())
              .setWeightNormSquared(dot(weights, weights, begin, end))
              .setGradientNormSquared(dot(gradient, gradient, begin, end))
              .build());
      begin = end;
    }
    return layers;
  }

  private static void compare(
      double[] fromWeights,
      double[] fromGradient,
      double[] weights,
      double[] gradient,
      StepObserved.Builder step) {
    double product = 0;
    double squared = 0;
    for (int i = 0; i < weights.length; i++) {
      double moved = weights[i] - fromWeights[i];
      product += (gradient[i] - fromGradient[i]) * moved;
      squared += moved * moved;
    }
    double curvature = product / squared;
    if (Double.isFinite(curvature)) {
      step.setDirectionalCurvature(curvature);
    }
    int length = gradient.length;
    double cosine =
        dot(gradient, fromGradient, 0, length)
            / Math.sqrt(dot(gradient, gradient, 0, length))
            / Math.sqrt(dot(fromGradient, fromGradient, 0, length));
    if (Double.isFinite(cosine)) {
      step.setGradientCosine(cosine);
    }
  }

  /** |⟨w, g⟩|/(‖w‖·‖g‖), 0 up to rounding if the loss is scale-invariant; 0 without a gradient. */
  static double scaleInvarianceError(double[] weights, double[] gradient) {
    int length = weights.length;
    double product = Math.abs(dot(weights, gradient, 0, length));
    return product == 0
        ? 0
        : product
            / Math.sqrt(dot(weights, weights, 0, length))
            / Math.sqrt(dot(gradient, gradient, 0, length));
  }

  private static double dot(double[] x, double[] y, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
