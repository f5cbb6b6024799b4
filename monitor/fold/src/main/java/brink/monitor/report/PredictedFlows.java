package brink.monitor.report;

import brink.v1.FlowKind;
import brink.v1.Prediction;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How far training was from the trajectories that theory predicts, in lines for people. */
final class PredictedFlows {
  private PredictedFlows() {}

  /**
   * A line for each flow that was predicted.
   *
   * @param steps in order
   */
  static List<String> lines(List<StepObserved> steps) {
    List<String> lines = new ArrayList<>();
    add(lines, steps, FlowKind.FLOW_KIND_SHARPNESS_REDUCTION_FLOW, "sharpness-reduction flow");
    add(lines, steps, FlowKind.FLOW_KIND_CENTRAL_FLOW, "central flow");
    return lines;
  }

  private static void add(
      List<String> lines, List<StepObserved> steps, FlowKind kind, String name) {
    List<Prediction> predictions =
        steps.stream()
            .flatMap(step -> step.getPredictionsList().stream())
            .filter(prediction -> prediction.getKind() == kind)
            .toList();
    if (predictions.isEmpty()) {
      return;
    }
    double[] distances =
        predictions.stream()
            .filter(Prediction::hasDistance)
            .mapToDouble(Prediction::getDistance)
            .sorted()
            .toArray();
    String ended = predictions.getLast().getEnded();
    lines.add(
        "predicted    "
            + name
            + ": "
            + (distances.length == 0 ? "no prediction" : describe(distances))
            + (ended.isEmpty() ? "" : "; ended: " + ended));
  }

  private static String describe(double[] sorted) {
    return String.format(
        Locale.ROOT,
        "%.2g rad from training in the median, %.2g at most, over %,d predictions",
        sorted[sorted.length / 2],
        sorted[sorted.length - 1],
        sorted.length);
  }
}
