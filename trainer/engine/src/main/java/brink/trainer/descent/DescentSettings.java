package brink.trainer.descent;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.flow.FlowPredictionSettings;

/**
 * How a run moves, how long it goes and what it measures. Every cadence is in steps; 0 is never.
 *
 * @param hyperparameters of the update, at the start or after the warm-up
 * @param schedule how they change
 * @param rule of the update
 * @param steps number of updates
 * @param curvature where sharpness is measured
 * @param curvatureEvery cadence of sharpness; at the iterates, of pairs of adjacent steps
 * @param directCadence of the direct measurement of G²
 * @param evaluateEvery cadence of evaluation on whole data sets
 * @param layersEvery cadence of the norms of single layers
 * @param planeEvery length of the frames of the plane that the motion is drawn in, where sharpness
 *     is measured
 * @param sharpness of the eigensolver
 * @param predictions when flows are predicted
 */
public record DescentSettings(
    Hyperparameters hyperparameters,
    HyperparameterSchedule schedule,
    DescentRule rule,
    long steps,
    CurvaturePoints curvature,
    int curvatureEvery,
    DirectCadence directCadence,
    int evaluateEvery,
    int layersEvery,
    int planeEvery,
    SharpnessSettings sharpness,
    FlowPredictionSettings predictions) {
  public DescentSettings {
    if (steps < 0 || curvatureEvery < 0 || evaluateEvery < 0 || layersEvery < 0 || planeEvery < 0) {
      throw new IllegalArgumentException("steps and cadences must not be negative");
    }
    schedule.check(steps, hyperparameters);
    boolean decays =
        hyperparameters.weightDecay() != 0 || !schedule.weightDecay().equals(Schedule.CONSTANT);
    if (rule instanceof DescentRule.Sphere && decays) {
      throw new IllegalArgumentException(
          "on the sphere there is no weight decay; set it to 0 and give it no schedule");
    }
    if (predictions.on()) {
      requirePredictable(hyperparameters, schedule, rule);
    }
  }

  private static void requirePredictable(
      Hyperparameters hyperparameters, HyperparameterSchedule schedule, DescentRule rule) {
    boolean constant = schedule.equals(HyperparameterSchedule.CONSTANT);
    if (!constant || !(rule instanceof DescentRule.Plain) || hyperparameters.weightDecay() == 0) {
      throw new IllegalArgumentException(
          "flows are predicted for gradient descent with constant learning rate and weight decay,"
              + " and without momentum; leave the predictions out");
    }
  }

  /** Sharpness at the midpoint at every step, and nothing else. */
  public static DescentSettings of(Hyperparameters hyperparameters, long steps) {
    return new DescentSettings(
        hyperparameters,
        HyperparameterSchedule.CONSTANT,
        new DescentRule.Plain(),
        steps,
        CurvaturePoints.MIDPOINT,
        1,
        DirectCadence.NEVER,
        0,
        0,
        0,
        SharpnessSettings.DEFAULT,
        FlowPredictionSettings.OFF);
  }

  /** The same with hyper-parameters that change. */
  public DescentSettings withSchedule(HyperparameterSchedule other) {
    return new DescentSettings(
        hyperparameters,
        other,
        rule,
        steps,
        curvature,
        curvatureEvery,
        directCadence,
        evaluateEvery,
        layersEvery,
        planeEvery,
        sharpness,
        predictions);
  }

  /** The same with another update rule. */
  public DescentSettings withRule(DescentRule other) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        other,
        steps,
        curvature,
        curvatureEvery,
        directCadence,
        evaluateEvery,
        layersEvery,
        planeEvery,
        sharpness,
        predictions);
  }

  /** The same with sharpness elsewhere. */
  public DescentSettings withCurvature(CurvaturePoints points, int every) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        rule,
        steps,
        points,
        every,
        directCadence,
        evaluateEvery,
        layersEvery,
        planeEvery,
        sharpness,
        predictions);
  }

  /** The same with G² at multiples of a number of steps; 0 is never. */
  public DescentSettings withLogSharpnessGradientEvery(int every) {
    return withDirectCadence(new DirectCadence.Every(every));
  }

  /** The same with another cadence of G². */
  public DescentSettings withDirectCadence(DirectCadence cadence) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        rule,
        steps,
        curvature,
        curvatureEvery,
        cadence,
        evaluateEvery,
        layersEvery,
        planeEvery,
        sharpness,
        predictions);
  }

  /** The same with another cadence of evaluation. */
  public DescentSettings withEvaluateEvery(int every) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        rule,
        steps,
        curvature,
        curvatureEvery,
        directCadence,
        every,
        layersEvery,
        planeEvery,
        sharpness,
        predictions);
  }

  /** The same with another cadence of the layers' norms. */
  public DescentSettings withLayersEvery(int every) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        rule,
        steps,
        curvature,
        curvatureEvery,
        directCadence,
        evaluateEvery,
        every,
        planeEvery,
        sharpness,
        predictions);
  }

  /** The same with frames of another length; 0 is none. */
  public DescentSettings withPlaneEvery(int every) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        rule,
        steps,
        curvature,
        curvatureEvery,
        directCadence,
        evaluateEvery,
        layersEvery,
        every,
        sharpness,
        predictions);
  }

  /** The same with other predictions of flows. */
  public DescentSettings withPredictions(FlowPredictionSettings other) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        rule,
        steps,
        curvature,
        curvatureEvery,
        directCadence,
        evaluateEvery,
        layersEvery,
        planeEvery,
        sharpness,
        other);
  }

  /** The same with another eigensolver. */
  public DescentSettings withSharpness(SharpnessSettings settings) {
    return new DescentSettings(
        hyperparameters,
        schedule,
        rule,
        steps,
        curvature,
        curvatureEvery,
        directCadence,
        evaluateEvery,
        layersEvery,
        planeEvery,
        settings,
        predictions);
  }

  /** What a step's update is made with. */
  Hyperparameters hyperparametersAt(long step) {
    return schedule.at(step, hyperparameters);
  }

  /** Whether the motion is drawn in a plane, whose frames need the top eigenvector. */
  boolean hasPlane() {
    return planeEvery > 0 && curvatureEvery > 0 && curvature != CurvaturePoints.NONE;
  }

  /** Whether the flow is tested: by midpoints that do not oscillate, where flow time passes. */
  boolean testsFlow() {
    boolean decays =
        hyperparameters.weightDecay() > 0 || !schedule.weightDecay().equals(Schedule.CONSTANT);
    return curvature.atMidpoint() && curvatureEvery > 0 && directCadence.on() && decays;
  }

  /** Flow time of a step, η_in/(1 − β); 0 where weights do not decay. */
  double flowTimeAt(long step) {
    return hyperparametersAt(step).intrinsicLearningRate() / (1 - rule.momentumCoefficient());
  }

  static boolean due(long step, int every) {
    return every > 0 && step % every == 0;
  }

  /** Due at two adjacent steps: single ones at an even cadence would see one phase of two only. */
  static boolean pairDue(long step, int every) {
    return every > 0 && step % every < 2;
  }
}
