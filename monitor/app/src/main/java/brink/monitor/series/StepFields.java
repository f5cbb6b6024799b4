package brink.monitor.series;

import brink.v1.Evaluation;
import brink.v1.FlowKind;
import brink.v1.FlowTest;
import brink.v1.Layer;
import brink.v1.PlaneFrame;
import brink.v1.PlanePosition;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import brink.v1.Timing;
import java.util.List;
import java.util.Locale;

/**
 * The numbers of a step under the names that {@code export} and the API give them: the fields of
 * StepObserved under their own, eigenvalues and residuals by point and rank ({@code
 * midpoint_eigenvalue_1}), predictions by flow ({@code central_flow_sharpness}).
 */
public final class StepFields {
  private StepFields() {}

  /** Takes the numbers of a step that were measured. */
  public interface Sink {
    /** A measured number. */
    void number(String field, double value);

    /** A whole number. */
    void whole(String field, long value);

    /** A number of one layer. */
    void layer(String layer, String field, double value);
  }

  /** Hands over all numbers of a step but the step itself. */
  public static void read(StepObserved step, Sink sink) {
    scalars(step, sink);
    step.getSharpnessList().forEach(sharpness -> sharpness(sharpness, sink));
    if (step.hasFlowTest()) {
      flowTest(step.getFlowTest(), sink);
    }
    if (step.hasPlane()) {
      plane(step.getPlane(), sink);
    }
    if (step.hasEvaluation()) {
      evaluation(step.getEvaluation(), sink);
    }
    if (step.hasTiming()) {
      timing(step.getTiming(), sink);
    }
    step.getLayersList().forEach(layer -> layer(layer, sink));
    step.getPredictionsList().forEach(prediction -> prediction(prediction, sink));
  }

  /** Name of a flow in names of fields. */
  public static String flow(Prediction prediction) {
    return prediction.getKind() == FlowKind.UNRECOGNIZED
        ? "unrecognized_flow"
        : prediction.getKind().name().substring("FLOW_KIND_".length()).toLowerCase(Locale.ROOT);
  }

  /** Name of a point in names of fields. */
  public static String point(Sharpness sharpness) {
    return switch (sharpness.getPoint()) {
      case SHARPNESS_POINT_MIDPOINT -> "midpoint";
      case SHARPNESS_POINT_ITERATE -> "iterate";
      case SHARPNESS_POINT_UNSPECIFIED -> "unspecified";
      case UNRECOGNIZED -> "unrecognized";
    };
  }

  private static void scalars(StepObserved step, Sink sink) {
    if (step.hasLoss()) {
      sink.number("loss", step.getLoss());
    }
    if (step.hasWeightNormSquared()) {
      sink.number("weight_norm_squared", step.getWeightNormSquared());
    }
    if (step.hasGradientNormSquared()) {
      sink.number("gradient_norm_squared", step.getGradientNormSquared());
    }
    if (step.hasLearningRate()) {
      sink.number("learning_rate", step.getLearningRate());
    }
    if (step.hasWeightDecay()) {
      sink.number("weight_decay", step.getWeightDecay());
    }
    if (step.hasGradientCosine()) {
      sink.number("gradient_cosine", step.getGradientCosine());
    }
    if (step.hasDirectionalCurvature()) {
      sink.number("directional_curvature", step.getDirectionalCurvature());
    }
    if (step.hasGradientNoiseSquared()) {
      sink.number("gradient_noise_squared", step.getGradientNoiseSquared());
    }
  }

  private static void sharpness(Sharpness sharpness, Sink sink) {
    String point = point(sharpness);
    ranked(point + "_eigenvalue_", sharpness.getEigenvaluesList(), sink);
    ranked(point + "_residual_", sharpness.getResidualsList(), sink);
    if (sharpness.hasHessianVectorProducts()) {
      sink.whole(point + "_hessian_vector_products", sharpness.getHessianVectorProducts());
    }
    if (sharpness.hasAlignment()) {
      sink.number(point + "_alignment", sharpness.getAlignment());
    }
    if (sharpness.hasLogSharpnessGradientSquared()) {
      sink.number(
          point + "_log_sharpness_gradient_squared", sharpness.getLogSharpnessGradientSquared());
    }
    if (sharpness.hasEdgeEigenvalues()) {
      sink.whole(point + "_edge_eigenvalues", sharpness.getEdgeEigenvalues());
    }
    if (sharpness.hasEdgeGradientSquared()) {
      sink.number(point + "_edge_gradient_squared", sharpness.getEdgeGradientSquared());
    }
    if (sharpness.hasSlopeRate()) {
      sink.number(point + "_slope_rate", sharpness.getSlopeRate());
    }
    if (sharpness.hasLaggingGradientSquared()) {
      sink.number(point + "_lagging_gradient_squared", sharpness.getLaggingGradientSquared());
    }
    if (sharpness.hasMissed()) {
      sink.number(point + "_missed", sharpness.getMissed());
    }
    if (sharpness.hasLoss()) {
      sink.number(point + "_loss", sharpness.getLoss());
    }
  }

  private static void ranked(String name, List<Double> values, Sink sink) {
    for (int i = 0; i < values.size(); i++) {
      sink.number(name + (i + 1), values.get(i));
    }
  }

  private static void flowTest(FlowTest test, Sink sink) {
    sink.whole("flow_test_start_step", test.getStartStep());
    if (test.hasFlowTime()) {
      sink.number("flow_test_flow_time", test.getFlowTime());
    }
    if (test.hasCosine()) {
      sink.number("flow_test_cosine", test.getCosine());
    }
    if (test.hasCosineError()) {
      sink.number("flow_test_cosine_error", test.getCosineError());
    }
    if (test.hasSpeed()) {
      sink.number("flow_test_speed", test.getSpeed());
    }
    if (test.hasPredictedSpeed()) {
      sink.number("flow_test_predicted_speed", test.getPredictedSpeed());
    }
    if (test.hasSpeedError()) {
      sink.number("flow_test_speed_error", test.getSpeedError());
    }
    if (test.hasDisplacement()) {
      sink.number("flow_test_displacement", test.getDisplacement());
    }
    if (test.hasMeasurements()) {
      sink.whole("flow_test_measurements", test.getMeasurements());
    }
  }

  private static void plane(PlanePosition plane, Sink sink) {
    sink.whole("plane_anchor_step", plane.getAnchorStep());
    if (plane.hasSlow()) {
      sink.number("plane_slow", plane.getSlow());
    }
    if (plane.hasOscillation()) {
      sink.number("plane_oscillation", plane.getOscillation());
    }
    if (plane.hasFrame()) {
      frame(plane.getFrame(), sink);
    }
  }

  private static void frame(PlaneFrame frame, Sink sink) {
    sink.whole("plane_since_step", frame.getSinceStep());
    if (frame.hasSlowOrigin()) {
      sink.number("plane_slow_origin", frame.getSlowOrigin());
    }
    if (frame.hasSlowCosine()) {
      sink.number("plane_slow_cosine", frame.getSlowCosine());
    }
    if (frame.hasOscillationCosine()) {
      sink.number("plane_oscillation_cosine", frame.getOscillationCosine());
    }
  }

  private static void evaluation(Evaluation evaluation, Sink sink) {
    if (evaluation.hasTrainLoss()) {
      sink.number("train_loss", evaluation.getTrainLoss());
    }
    if (evaluation.hasTrainAccuracy()) {
      sink.number("train_accuracy", evaluation.getTrainAccuracy());
    }
    if (evaluation.hasTestLoss()) {
      sink.number("test_loss", evaluation.getTestLoss());
    }
    if (evaluation.hasTestAccuracy()) {
      sink.number("test_accuracy", evaluation.getTestAccuracy());
    }
  }

  private static void timing(Timing timing, Sink sink) {
    if (timing.hasGradientNs()) {
      sink.whole("gradient_ns", timing.getGradientNs());
    }
    if (timing.hasCurvatureNs()) {
      sink.whole("curvature_ns", timing.getCurvatureNs());
    }
    if (timing.hasPublishNs()) {
      sink.whole("publish_ns", timing.getPublishNs());
    }
  }

  private static void layer(Layer layer, Sink sink) {
    if (layer.hasWeightNormSquared()) {
      sink.layer(layer.getName(), "weight_norm_squared", layer.getWeightNormSquared());
    }
    if (layer.hasGradientNormSquared()) {
      sink.layer(layer.getName(), "gradient_norm_squared", layer.getGradientNormSquared());
    }
    if (layer.hasSharpness()) {
      sink.layer(layer.getName(), "sharpness", layer.getSharpness());
    }
  }

  private static void prediction(Prediction prediction, Sink sink) {
    String flow = flow(prediction);
    sink.whole(flow + "_start_step", prediction.getStartStep());
    if (prediction.hasFlowTime()) {
      sink.number(flow + "_flow_time", prediction.getFlowTime());
    }
    if (prediction.hasSharpness()) {
      sink.number(flow + "_sharpness", prediction.getSharpness());
    }
    if (prediction.hasDistance()) {
      sink.number(flow + "_distance", prediction.getDistance());
    }
    if (prediction.hasDirectionAngle()) {
      sink.number(flow + "_direction_angle", prediction.getDirectionAngle());
    }
    if (prediction.hasDirectionSpan()) {
      sink.number(flow + "_direction_span", prediction.getDirectionSpan());
    }
    if (prediction.hasPlaneSlow()) {
      sink.number(flow + "_plane_slow", prediction.getPlaneSlow());
    }
    if (prediction.hasPlaneOscillation()) {
      sink.number(flow + "_plane_oscillation", prediction.getPlaneOscillation());
    }
  }
}
