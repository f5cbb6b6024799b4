package brink.monitor.run;

import brink.v1.Evaluation;
import brink.v1.FlowTest;
import brink.v1.Layer;
import brink.v1.PlanePosition;
import brink.v1.Prediction;
import brink.v1.Sharpness;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks one record by itself: is all there that a step needs, can the values be, and are they
 * finite.
 */
final class StepCheck {
  /**
   * Cosines are quotients of rounded sums: a few units in the last place of float64, with room for
   * long sums.
   */
  static final double COSINE_TOLERANCE = 1e-9;

  private StepCheck() {}

  /** What makes the record unusable, in words; null where it is usable or merely not finite. */
  static @Nullable String invalid(String runId, StepObserved step) {
    String missing = missing(runId, step);
    return missing != null ? missing : impossible(step);
  }

  private static @Nullable String missing(String runId, StepObserved step) {
    if (step.getRunId().isEmpty()) {
      return "run_id is missing";
    }
    if (!step.getRunId().equals(runId)) {
      return "run_id is " + step.getRunId();
    }
    if (step.getStep() < 0) {
      return "step is negative";
    }
    if (step.getStep() > RunFold.LAST_STEP) {
      return "step is above " + RunFold.LAST_STEP;
    }
    if (!step.hasWeightNormSquared()) {
      return "weight_norm_squared is missing";
    }
    if (!step.hasGradientNormSquared()) {
      return "gradient_norm_squared is missing";
    }
    if (!step.hasLearningRate()) {
      return "learning_rate is missing";
    }
    return step.hasWeightDecay() ? null : "weight_decay is missing";
  }

  // Written so that NaN passes: it is a finding of its own.
  private static @Nullable String impossible(StepObserved step) {
    if (step.getWeightNormSquared() <= 0) {
      return "weight_norm_squared is not positive";
    }
    if (step.getGradientNormSquared() < 0) {
      return "gradient_norm_squared is negative";
    }
    if (step.getLearningRate() < 0) {
      return "learning_rate is negative";
    }
    if (step.getWeightDecay() < 0) {
      return "weight_decay is negative";
    }
    if (step.getLearningRate() * step.getWeightDecay() >= 1) {
      return "learning_rate times weight_decay is 1 or more";
    }
    if (step.hasGradientCosine() && Math.abs(step.getGradientCosine()) > 1 + COSINE_TOLERANCE) {
      return "gradient_cosine is outside [-1, 1]";
    }
    if (step.getGradientNoiseSquared() < 0) {
      return "gradient_noise_squared is negative";
    }
    String wrong = impossibleSharpness(step);
    return wrong != null ? wrong : ImpossibleExtras.of(step);
  }

  private static @Nullable String impossibleSharpness(StepObserved step) {
    Set<Integer> seen = new HashSet<>();
    for (Sharpness sharpness : step.getSharpnessList()) {
      if (!seen.add(sharpness.getPointValue())) {
        return "sharpness is there twice for " + sharpness.getPoint();
      }
      String wrong = impossible(sharpness);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private static @Nullable String impossible(Sharpness sharpness) {
    int count = sharpness.getEigenvaluesCount();
    if (count == 0) {
      return "sharpness has no eigenvalues";
    }
    if (sharpness.getResidualsCount() != 0 && sharpness.getResidualsCount() != count) {
      return "sharpness has "
          + sharpness.getResidualsCount()
          + " residuals for "
          + count
          + " eigenvalues";
    }
    for (int i = 1; i < count; i++) {
      if (sharpness.getEigenvalues(i) > sharpness.getEigenvalues(i - 1)) {
        return "sharpness eigenvalues do not descend";
      }
    }
    for (int i = 0; i < sharpness.getResidualsCount(); i++) {
      if (sharpness.getResiduals(i) < 0) {
        return "a sharpness residual is negative";
      }
    }
    return null;
  }

  /** Fields without which the step cannot be placed on the sphere and that are not finite. */
  static List<String> divergence(StepObserved step) {
    List<String> fields = new ArrayList<>();
    addUnlessFinite(fields, "loss", step.getLoss());
    addUnlessFinite(fields, "weight_norm_squared", step.getWeightNormSquared());
    addUnlessFinite(fields, "gradient_norm_squared", step.getGradientNormSquared());
    addUnlessFinite(fields, "learning_rate", step.getLearningRate());
    addUnlessFinite(fields, "weight_decay", step.getWeightDecay());
    return fields;
  }

  /** Other measured fields that are not finite; the step is used without them. */
  static List<String> unusable(StepObserved step) {
    List<String> fields = new ArrayList<>();
    addUnlessFinite(fields, "gradient_cosine", step.getGradientCosine());
    addUnlessFinite(fields, "directional_curvature", step.getDirectionalCurvature());
    addUnlessFinite(fields, "gradient_noise_squared", step.getGradientNoiseSquared());
    addUnlessFinite(fields, step.getFlowTest());
    addUnlessFinite(fields, step.getEvaluation());
    addUnlessFinite(fields, step.getPlane());
    for (Prediction prediction : step.getPredictionsList()) {
      addUnlessFinite(fields, prediction);
    }
    for (Layer layer : step.getLayersList()) {
      addUnlessFinite(fields, "layers.weight_norm_squared", layer.getWeightNormSquared());
      addUnlessFinite(fields, "layers.gradient_norm_squared", layer.getGradientNormSquared());
      addUnlessFinite(fields, "layers.sharpness", layer.getSharpness());
    }
    for (Sharpness sharpness : step.getSharpnessList()) {
      for (int i = 0; i < sharpness.getEigenvaluesCount(); i++) {
        addUnlessFinite(fields, "eigenvalues", sharpness.getEigenvalues(i));
      }
      for (int i = 0; i < sharpness.getResidualsCount(); i++) {
        addUnlessFinite(fields, "residuals", sharpness.getResiduals(i));
      }
      addUnlessFinite(
          fields, "log_sharpness_gradient_squared", sharpness.getLogSharpnessGradientSquared());
      addUnlessFinite(fields, "edge_gradient_squared", sharpness.getEdgeGradientSquared());
      addUnlessFinite(fields, "slope_rate", sharpness.getSlopeRate());
      addUnlessFinite(fields, "lagging_gradient_squared", sharpness.getLaggingGradientSquared());
      addUnlessFinite(fields, "alignment", sharpness.getAlignment());
      addUnlessFinite(fields, "missed", sharpness.getMissed());
      addUnlessFinite(fields, "sharpness.loss", sharpness.getLoss());
    }
    return fields;
  }

  private static void addUnlessFinite(List<String> fields, FlowTest test) {
    addUnlessFinite(fields, "flow_test.flow_time", test.getFlowTime());
    addUnlessFinite(fields, "flow_test.cosine", test.getCosine());
    addUnlessFinite(fields, "flow_test.cosine_error", test.getCosineError());
    addUnlessFinite(fields, "flow_test.speed", test.getSpeed());
    addUnlessFinite(fields, "flow_test.predicted_speed", test.getPredictedSpeed());
    addUnlessFinite(fields, "flow_test.speed_error", test.getSpeedError());
    addUnlessFinite(fields, "flow_test.displacement", test.getDisplacement());
  }

  private static void addUnlessFinite(List<String> fields, Evaluation evaluation) {
    addUnlessFinite(fields, "evaluation.train_loss", evaluation.getTrainLoss());
    addUnlessFinite(fields, "evaluation.train_accuracy", evaluation.getTrainAccuracy());
    addUnlessFinite(fields, "evaluation.test_loss", evaluation.getTestLoss());
    addUnlessFinite(fields, "evaluation.test_accuracy", evaluation.getTestAccuracy());
  }

  private static void addUnlessFinite(List<String> fields, PlanePosition plane) {
    addUnlessFinite(fields, "plane.slow", plane.getSlow());
    addUnlessFinite(fields, "plane.oscillation", plane.getOscillation());
    addUnlessFinite(fields, "plane.frame.slow_origin", plane.getFrame().getSlowOrigin());
    addUnlessFinite(fields, "plane.frame.slow_cosine", plane.getFrame().getSlowCosine());
    addUnlessFinite(
        fields, "plane.frame.oscillation_cosine", plane.getFrame().getOscillationCosine());
  }

  private static void addUnlessFinite(List<String> fields, Prediction prediction) {
    addUnlessFinite(fields, "predictions.flow_time", prediction.getFlowTime());
    addUnlessFinite(fields, "predictions.sharpness", prediction.getSharpness());
    addUnlessFinite(fields, "predictions.distance", prediction.getDistance());
    addUnlessFinite(fields, "predictions.direction_angle", prediction.getDirectionAngle());
    addUnlessFinite(fields, "predictions.direction_span", prediction.getDirectionSpan());
    addUnlessFinite(fields, "predictions.plane_slow", prediction.getPlaneSlow());
    addUnlessFinite(fields, "predictions.plane_oscillation", prediction.getPlaneOscillation());
  }

  // A field that is not set reads as 0, which is finite.
  private static void addUnlessFinite(List<String> fields, String name, double value) {
    if (!Double.isFinite(value) && !fields.contains(name)) {
      fields.add(name);
    }
  }
}
