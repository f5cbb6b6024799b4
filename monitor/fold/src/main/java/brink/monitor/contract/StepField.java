package brink.monitor.contract;

import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import com.google.errorprone.annotations.Immutable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a step may carry, as far as verdicts depend on it. */
public enum StepField {
  WEIGHT_NORM_SQUARED(
      "weight_norm_squared",
      StepObserved::hasWeightNormSquared,
      StepObserved.Builder::clearWeightNormSquared),
  GRADIENT_NORM_SQUARED(
      "gradient_norm_squared",
      StepObserved::hasGradientNormSquared,
      StepObserved.Builder::clearGradientNormSquared),
  LEARNING_RATE(
      "learning_rate", StepObserved::hasLearningRate, StepObserved.Builder::clearLearningRate),
  WEIGHT_DECAY(
      "weight_decay", StepObserved::hasWeightDecay, StepObserved.Builder::clearWeightDecay),
  LOSS("loss", StepObserved::hasLoss, StepObserved.Builder::clearLoss),
  GRADIENT_COSINE(
      "gradient_cosine",
      StepObserved::hasGradientCosine,
      StepObserved.Builder::clearGradientCosine),
  DIRECTIONAL_CURVATURE(
      "directional_curvature",
      StepObserved::hasDirectionalCurvature,
      StepObserved.Builder::clearDirectionalCurvature),
  ITERATE_SHARPNESS(
      "sharpness at the iterate",
      step -> hasSharpness(step, isAt(SharpnessPoint.SHARPNESS_POINT_ITERATE)),
      step -> removeSharpness(step, isAt(SharpnessPoint.SHARPNESS_POINT_ITERATE))),
  MIDPOINT_SHARPNESS(
      "sharpness at the midpoint",
      step -> hasSharpness(step, isAt(SharpnessPoint.SHARPNESS_POINT_MIDPOINT)),
      step -> removeSharpness(step, isAt(SharpnessPoint.SHARPNESS_POINT_MIDPOINT))),
  SECOND_EIGENVALUE(
      "two or more sharpness.eigenvalues at the midpoint",
      step ->
          hasSharpness(
              step,
              sharpness ->
                  sharpness.getPoint() == SharpnessPoint.SHARPNESS_POINT_MIDPOINT
                      && sharpness.getEigenvaluesCount() > 1),
      step -> changeSharpness(step, StepField::keepFirst)),
  DIRECT_GRADIENT(
      "sharpness.log_sharpness_gradient_squared (or edge_gradient_squared)",
      step -> hasSharpness(step, StepField::hasDirectGradient),
      step ->
          changeSharpness(
              step,
              sharpness ->
                  sharpness.clearLogSharpnessGradientSquared().clearEdgeGradientSquared())),
  MIDPOINT_LOSS(
      "sharpness.loss at the midpoint",
      step -> hasSharpness(step, StepField::hasMidpointLoss),
      step -> changeSharpness(step, Sharpness.Builder::clearLoss)),
  FLOW_TEST("flow_test", StepObserved::hasFlowTest, StepObserved.Builder::clearFlowTest),
  GRADIENT_NOISE(
      "gradient_noise_squared",
      StepObserved::hasGradientNoiseSquared,
      StepObserved.Builder::clearGradientNoiseSquared);

  /** What every step has to carry; without any of them it is rejected. */
  public static final Set<StepField> REQUIRED =
      Collections.unmodifiableSet(
          EnumSet.of(WEIGHT_NORM_SQUARED, GRADIENT_NORM_SQUARED, LEARNING_RATE, WEIGHT_DECAY));

  private final String label;
  private final Presence present;
  private final Removal removal;

  @Immutable
  private interface Presence extends Predicate<StepObserved> {}

  @Immutable
  private interface Removal extends Consumer<StepObserved.Builder> {}

  StepField(String label, Presence present, Removal removal) {
    this.label = label;
    this.present = present;
    this.removal = removal;
  }

  /** Its name in {@code StepObserved}, for people. */
  public String label() {
    return label;
  }

  /** Whether a step carries it. */
  public boolean isIn(StepObserved step) {
    return present.test(step);
  }

  /** The same step without it. */
  public StepObserved without(StepObserved step) {
    StepObserved.Builder builder = step.toBuilder();
    removal.accept(builder);
    return builder.build();
  }

  private static Predicate<Sharpness> isAt(SharpnessPoint point) {
    return sharpness -> sharpness.getPoint() == point && sharpness.getEigenvaluesCount() > 0;
  }

  private static boolean hasDirectGradient(Sharpness sharpness) {
    return sharpness.getPoint() != SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED
        && (sharpness.hasLogSharpnessGradientSquared() || sharpness.hasEdgeGradientSquared());
  }

  private static boolean hasMidpointLoss(Sharpness sharpness) {
    return sharpness.getPoint() == SharpnessPoint.SHARPNESS_POINT_MIDPOINT && sharpness.hasLoss();
  }

  private static boolean hasSharpness(StepObserved step, Predicate<Sharpness> wanted) {
    return step.getSharpnessList().stream().anyMatch(wanted);
  }

  private static void removeSharpness(StepObserved.Builder step, Predicate<Sharpness> unwanted) {
    List<Sharpness> kept = new ArrayList<>(step.getSharpnessList());
    kept.removeIf(unwanted);
    step.clearSharpness().addAllSharpness(kept);
  }

  private static void changeSharpness(
      StepObserved.Builder step, Consumer<Sharpness.Builder> change) {
    step.getSharpnessBuilderList().forEach(change);
  }

  private static void keepFirst(Sharpness.Builder sharpness) {
    List<Double> eigenvalues = sharpness.getEigenvaluesList().stream().limit(1).toList();
    List<Double> residuals = sharpness.getResidualsList().stream().limit(1).toList();
    sharpness.clearEigenvalues().addAllEigenvalues(eigenvalues);
    sharpness.clearResiduals().addAllResiduals(residuals);
  }
}
