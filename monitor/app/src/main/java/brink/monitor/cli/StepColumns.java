package brink.monitor.cli;

import brink.monitor.series.StepFields;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  private static final List<String> PLANE =
      List.of(
          "plane_anchor_step",
          "plane_slow",
          "plane_oscillation",
          "plane_since_step",
          "plane_slow_origin",
          "plane_slow_cosine",
          "plane_oscillation_cosine");

  private static final List<String> PREDICTED =
      List.of(
          "_start_step",
          "_flow_time",
          "_sharpness",
          "_distance",
          "_direction_angle",
          "_direction_span",
          "_plane_slow",
          "_plane_oscillation",
          "_ended");

  private final SortedMap<String, Integer> ranks = new TreeMap<>();
  private final SortedSet<String> layers = new TreeSet<>();
  private final SortedSet<String> flows = new TreeSet<>();
  private boolean flowTested;
  private boolean drawn;

  /** Takes note of which columns the step needs. */
  void include(StepObserved step) {
    for (Sharpness sharpness : step.getSharpnessList()) {
      ranks.merge(StepFields.point(sharpness), sharpness.getEigenvaluesCount(), Math::max);
    }
    step.getLayersList().forEach(layer -> layers.add(layer.getName()));
    step.getPredictionsList().forEach(prediction -> flows.add(StepFields.flow(prediction)));
    flowTested |= step.hasFlowTest();
    drawn |= step.hasPlane();
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
    if (drawn) {
      names.addAll(PLANE);
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
    cells.put("run_id", step.getRunId());
    cells.put("step", Long.toString(step.getStep()));
    if (step.hasObservedAt()) {
      cells.put("observed_at", Timestamps.toString(step.getObservedAt()));
    }
    StepFields.read(step, new Cells(cells));
    for (Prediction prediction : step.getPredictionsList()) {
      cells.put(StepFields.flow(prediction) + "_ended", prediction.getEnded());
    }
    return names.stream().map(name -> cells.getOrDefault(name, "")).toList();
  }

  private record Cells(Map<String, String> cells) implements StepFields.Sink {
    @Override
    public void number(String field, double value) {
      cells.put(field, Double.toString(value));
    }

    @Override
    public void whole(String field, long value) {
      cells.put(field, Long.toString(value));
    }

    @Override
    public void layer(String layer, String field, double value) {
      cells.put(layer + "_" + field, Double.toString(value));
    }
  }
}
