package brink.monitor.cli;

import brink.v1.Evaluation;
import brink.v1.FlowKind;
import brink.v1.FlowTest;
import brink.v1.Layer;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import brink.v1.Timing;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Steps as flat rows: the fields of StepObserved under their own names, eigenvalues and residuals
 * by point and rank ({@code midpoint_eigenvalue_1}), predictions by flow ({@code
 * central_flow_sharpness}), layers by name. What was not measured is empty; numbers are written so
 * that they read back to the same bits.
 */
final class StepColumns {
  private static final List<String> FIXED =
      List.of(
          "run_id",
          "step",
          "observed_at",
          "loss",
          "weight_norm_squared",
          "gradient_norm_squared",
          "learning_rate",
          "weight_decay",
          "gradient_cosine",
          "directional_curvature",
          "gradient_noise_squared");

  /** Number of columns that every table of steps begins with. */
  static final int AFTER = FIXED.size();

  private static final List<String> TAIL =
      List.of(
          "train_loss",
          "train_accuracy",
          "test_loss",
          "test_accuracy",
          "gradient_ns",
          "curvature_ns",
          "publish_ns");

  private static final List<String> FLOW_TEST =
      List.of(
          "flow_test_start_step",
          "flow_test_flow_time",
          "flow_test_cosine",
          "flow_test_cosine_error",
          "flow_test_speed",
          "flow_test_predicted_speed",
          "flow_test_speed_error",
          "flow_test_displacement",
          "flow_test_measurements");

  private static final List<String> PREDICTED =
      List.of(
          "_start_step",
          "_flow_time",
          "_sharpness",
          "_distance",
          "_direction_angle",
          "_direction_span",
          "_ended");

  private final SortedMap<String, Integer> ranks = new TreeMap<>();
  private final SortedSet<String> layers = new TreeSet<>();
  private final SortedSet<String> flows = new TreeSet<>();
  private boolean flowTested;

  /** Takes note of which columns the step needs. */
  void include(StepObserved step) {
    for (Sharpness sharpness : step.getSharpnessList()) {
      ranks.merge(point(sharpness), sharpness.getEigenvaluesCount(), Math::max);
    }
    step.getLayersList().forEach(layer -> layers.add(layer.getName()));
    step.getPredictionsList().forEach(prediction -> flows.add(flow(prediction)));
    flowTested |= step.hasFlowTest();
  }

  /** Names of the columns, in order. */
  List<String> names() {
    List<String> names = new ArrayList<>(FIXED);
    ranks.forEach(
        (point, count) -> {
          for (int rank = 1; rank <= count; rank++) {
            names.add(point + "_eigenvalue_" + rank);
            names.add(point + "_residual_" + rank);
          }
          names.add(point + "_hessian_vector_products");
          names.add(point + "_alignment");
          names.add(point + "_log_sharpness_gradient_squared");
          names.add(point + "_edge_eigenvalues");
          names.add(point + "_edge_gradient_squared");
          names.add(point + "_slope_rate");
          names.add(point + "_lagging_gradient_squared");
          names.add(point + "_missed");
          names.add(point + "_loss");
        });
    if (flowTested) {
      names.addAll(FLOW_TEST);
    }
    for (String flow : flows) {
      PREDICTED.forEach(name -> names.add(flow + name));
    }
    names.addAll(TAIL);
    for (String layer : layers) {
      names.add(layer + "_weight_norm_squared");
      names.add(layer + "_gradient_norm_squared");
      names.add(layer + "_sharpness");
    }
    return names;
  }

  /** The step's values in the order of the names. */
  static List<String> row(List<String> names, StepObserved step) {
    Map<String, String> cells = new HashMap<>();
    putFixed(cells, step);
    step.getSharpnessList().forEach(sharpness -> putSharpness(cells, sharpness));
    if (step.hasFlowTest()) {
      putFlowTest(cells, step.getFlowTest());
    }
    putEvaluation(cells, step.getEvaluation());
    putTiming(cells, step.getTiming());
    step.getLayersList().forEach(layer -> putLayer(cells, layer));
    step.getPredictionsList().forEach(prediction -> putPrediction(cells, prediction));
    return names.stream().map(name -> cells.getOrDefault(name, "")).toList();
  }

  private static void putFixed(Map<String, String> cells, StepObserved step) {
    cells.put("run_id", step.getRunId());
    cells.put("step", Long.toString(step.getStep()));
    if (step.hasObservedAt()) {
      cells.put("observed_at", Timestamps.toString(step.getObservedAt()));
    }
    put(cells, "loss", step.hasLoss(), step.getLoss());
    put(cells, "weight_norm_squared", step.hasWeightNormSquared(), step.getWeightNormSquared());
    put(
        cells,
        "gradient_norm_squared",
        step.hasGradientNormSquared(),
        step.getGradientNormSquared());
    put(cells, "learning_rate", step.hasLearningRate(), step.getLearningRate());
    put(cells, "weight_decay", step.hasWeightDecay(), step.getWeightDecay());
    put(cells, "gradient_cosine", step.hasGradientCosine(), step.getGradientCosine());
    put(
        cells,
        "directional_curvature",
        step.hasDirectionalCurvature(),
        step.getDirectionalCurvature());
    put(
        cells,
        "gradient_noise_squared",
        step.hasGradientNoiseSquared(),
        step.getGradientNoiseSquared());
  }

  private static void putSharpness(Map<String, String> cells, Sharpness sharpness) {
    String point = point(sharpness);
    for (int i = 0; i < sharpness.getEigenvaluesCount(); i++) {
      put(cells, point + "_eigenvalue_" + (i + 1), true, sharpness.getEigenvalues(i));
    }
    for (int i = 0; i < sharpness.getResidualsCount(); i++) {
      put(cells, point + "_residual_" + (i + 1), true, sharpness.getResiduals(i));
    }
    put(
        cells,
        point + "_hessian_vector_products",
        sharpness.hasHessianVectorProducts(),
        (long) sharpness.getHessianVectorProducts());
    put(cells, point + "_alignment", sharpness.hasAlignment(), sharpness.getAlignment());
    put(
        cells,
        point + "_log_sharpness_gradient_squared",
        sharpness.hasLogSharpnessGradientSquared(),
        sharpness.getLogSharpnessGradientSquared());
    put(
        cells,
        point + "_edge_eigenvalues",
        sharpness.hasEdgeEigenvalues(),
        (long) sharpness.getEdgeEigenvalues());
    put(
        cells,
        point + "_edge_gradient_squared",
        sharpness.hasEdgeGradientSquared(),
        sharpness.getEdgeGradientSquared());
    put(cells, point + "_slope_rate", sharpness.hasSlopeRate(), sharpness.getSlopeRate());
    put(
        cells,
        point + "_lagging_gradient_squared",
        sharpness.hasLaggingGradientSquared(),
        sharpness.getLaggingGradientSquared());
    put(cells, point + "_missed", sharpness.hasMissed(), sharpness.getMissed());
    put(cells, point + "_loss", sharpness.hasLoss(), sharpness.getLoss());
  }

  private static void putFlowTest(Map<String, String> cells, FlowTest test) {
    put(cells, "flow_test_start_step", true, test.getStartStep());
    put(cells, "flow_test_flow_time", test.hasFlowTime(), test.getFlowTime());
    put(cells, "flow_test_cosine", test.hasCosine(), test.getCosine());
    put(cells, "flow_test_cosine_error", test.hasCosineError(), test.getCosineError());
    put(cells, "flow_test_speed", test.hasSpeed(), test.getSpeed());
    put(cells, "flow_test_predicted_speed", test.hasPredictedSpeed(), test.getPredictedSpeed());
    put(cells, "flow_test_speed_error", test.hasSpeedError(), test.getSpeedError());
    put(cells, "flow_test_displacement", test.hasDisplacement(), test.getDisplacement());
    put(cells, "flow_test_measurements", test.hasMeasurements(), (long) test.getMeasurements());
  }

  private static void putEvaluation(Map<String, String> cells, Evaluation evaluation) {
    put(cells, "train_loss", evaluation.hasTrainLoss(), evaluation.getTrainLoss());
    put(cells, "train_accuracy", evaluation.hasTrainAccuracy(), evaluation.getTrainAccuracy());
    put(cells, "test_loss", evaluation.hasTestLoss(), evaluation.getTestLoss());
    put(cells, "test_accuracy", evaluation.hasTestAccuracy(), evaluation.getTestAccuracy());
  }

  private static void putTiming(Map<String, String> cells, Timing timing) {
    put(cells, "gradient_ns", timing.hasGradientNs(), timing.getGradientNs());
    put(cells, "curvature_ns", timing.hasCurvatureNs(), timing.getCurvatureNs());
    put(cells, "publish_ns", timing.hasPublishNs(), timing.getPublishNs());
  }

  private static void putLayer(Map<String, String> cells, Layer layer) {
    String name = layer.getName();
    put(
        cells,
        name + "_weight_norm_squared",
        layer.hasWeightNormSquared(),
        layer.getWeightNormSquared());
    put(
        cells,
        name + "_gradient_norm_squared",
        layer.hasGradientNormSquared(),
        layer.getGradientNormSquared());
    put(cells, name + "_sharpness", layer.hasSharpness(), layer.getSharpness());
  }

  private static void putPrediction(Map<String, String> cells, Prediction prediction) {
    String flow = flow(prediction);
    put(cells, flow + "_start_step", true, prediction.getStartStep());
    put(cells, flow + "_flow_time", prediction.hasFlowTime(), prediction.getFlowTime());
    put(cells, flow + "_sharpness", prediction.hasSharpness(), prediction.getSharpness());
    put(cells, flow + "_distance", prediction.hasDistance(), prediction.getDistance());
    put(
        cells,
        flow + "_direction_angle",
        prediction.hasDirectionAngle(),
        prediction.getDirectionAngle());
    put(
        cells,
        flow + "_direction_span",
        prediction.hasDirectionSpan(),
        prediction.getDirectionSpan());
    cells.put(flow + "_ended", prediction.getEnded());
  }

  private static void put(Map<String, String> cells, String name, boolean measured, double value) {
    if (measured) {
      cells.put(name, Double.toString(value));
    }
  }

  private static void put(Map<String, String> cells, String name, boolean measured, long value) {
    if (measured) {
      cells.put(name, Long.toString(value));
    }
  }

  private static String flow(Prediction prediction) {
    return prediction.getKind() == FlowKind.UNRECOGNIZED
        ? "unrecognized_flow"
        : prediction.getKind().name().substring("FLOW_KIND_".length()).toLowerCase(Locale.ROOT);
  }

  private static String point(Sharpness sharpness) {
    return sharpness.getPoint() == SharpnessPoint.UNRECOGNIZED
        ? "unrecognized"
        : sharpness
            .getPoint()
            .name()
            .substring("SHARPNESS_POINT_".length())
            .toLowerCase(Locale.ROOT);
  }
}
