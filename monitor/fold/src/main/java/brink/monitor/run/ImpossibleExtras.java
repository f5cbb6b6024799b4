package brink.monitor.run;

import brink.v1.Evaluation;
import brink.v1.FlowTest;
import brink.v1.Layer;
import brink.v1.PlaneFrame;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values that cannot be among those that a step need not have. Written so that NaN passes: it is a
 * finding of its own.
 */
final class ImpossibleExtras {
  private ImpossibleExtras() {}

  /** The first such value in words; null where there is none. */
  static @Nullable String of(StepObserved step) {
    String wrong = step.hasEvaluation() ? of(step.getEvaluation()) : null;
    if (wrong == null && step.hasFlowTest()) {
      wrong = of(step.getFlowTest());
    }
    if (wrong == null && step.hasPlane()) {
      wrong = of(step.getPlane().getFrame());
    }
    for (int i = 0; wrong == null && i < step.getSharpnessCount(); i++) {
      wrong = of(step.getSharpness(i));
    }
    for (int i = 0; wrong == null && i < step.getLayersCount(); i++) {
      wrong = of(step.getLayers(i));
    }
    for (int i = 0; wrong == null && i < step.getPredictionsCount(); i++) {
      wrong = of(step.getPredictions(i));
    }
    return wrong;
  }

  private static @Nullable String of(Evaluation evaluation) {
    String wrong = share("evaluation.train_accuracy", evaluation.getTrainAccuracy());
    return wrong != null ? wrong : share("evaluation.test_accuracy", evaluation.getTestAccuracy());
  }

  private static @Nullable String of(FlowTest test) {
    return first(
        negative("flow_test.flow_time", test.getFlowTime()),
        cosine("flow_test.cosine", test.getCosine()),
        negative("flow_test.cosine_error", test.getCosineError()),
        negative("flow_test.speed_error", test.getSpeedError()),
        negative("flow_test.displacement", test.getDisplacement()),
        negative("flow_test.measurements", test.getMeasurements()));
  }

  private static @Nullable String of(PlaneFrame frame) {
    return first(
        cosine("plane.frame.slow_cosine", frame.getSlowCosine()),
        cosine("plane.frame.oscillation_cosine", frame.getOscillationCosine()));
  }

  private static @Nullable String of(Sharpness sharpness) {
    return first(
        cosine("sharpness.alignment", sharpness.getAlignment()),
        negative(
            "sharpness.log_sharpness_gradient_squared", sharpness.getLogSharpnessGradientSquared()),
        negative("sharpness.edge_gradient_squared", sharpness.getEdgeGradientSquared()),
        negative("sharpness.lagging_gradient_squared", sharpness.getLaggingGradientSquared()),
        negative("sharpness.edge_eigenvalues", sharpness.getEdgeEigenvalues()),
        negative("sharpness.hessian_vector_products", sharpness.getHessianVectorProducts()));
  }

  private static @Nullable String of(Layer layer) {
    return first(
        negative("layers.weight_norm_squared", layer.getWeightNormSquared()),
        negative("layers.gradient_norm_squared", layer.getGradientNormSquared()));
  }

  private static @Nullable String of(Prediction prediction) {
    return first(
        negative("predictions.flow_time", prediction.getFlowTime()),
        negative("predictions.distance", prediction.getDistance()),
        negative("predictions.direction_span", prediction.getDirectionSpan()));
  }

  private static @Nullable String first(@Nullable String... findings) {
    for (String finding : findings) {
      if (finding != null) {
        return finding;
      }
    }
    return null;
  }

  private static @Nullable String negative(String field, double value) {
    return value < 0 ? field + " is negative" : null;
  }

  private static @Nullable String cosine(String field, double value) {
    return Math.abs(value) > 1 + StepCheck.COSINE_TOLERANCE ? field + " is outside [-1, 1]" : null;
  }

  private static @Nullable String share(String field, double value) {
    return value < 0 || value > 1
        ? String.format(Locale.ROOT, "%s is %s; it is a share from 0 to 1", field, value)
        : null;
  }
}
