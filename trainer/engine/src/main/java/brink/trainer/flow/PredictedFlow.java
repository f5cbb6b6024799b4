package brink.trainer.flow;

import org.jspecify.annotations.Nullable;

/**
 * What a predicted trajectory says at one step, beside the period-averaged point of training, (θ_t
 * + θ_{t+1})/2 re-normalised.
 *
 * @param kind of the flow
 * @param startStep step that it was started at
 * @param flowTime since then; null where it ended
 * @param sharpness λ₁ on the trajectory; null where it ended
 * @param distance angle between its point and training's, rad; null where it ended
 * @param direction of its last displacement; null where no span is complete
 * @param ended why it ended, in a sentence; null while it goes on
 * @param place coordinates of its point in the plane of the motion; null where there is no frame
 */
public record PredictedFlow(
    PredictedFlowKind kind,
    long startStep,
    @Nullable Double flowTime,
    @Nullable Double sharpness,
    @Nullable Double distance,
    @Nullable Direction direction,
    @Nullable String ended,
    @Nullable Place place) {

  /**
   * A point in the plane of the motion.
   *
   * @param slow coordinate along the slow motion, rad
   * @param oscillation coordinate along the top eigenvector, rad
   */
  public record Place(double slow, double oscillation) {}

  /**
   * How well a flow's direction is training's.
   *
   * @param angle between the displacement of training's period-averaged point and that of the
   *     predicted point over the same span, rad
   * @param span flow time of these displacements
   */
  public record Direction(double angle, double span) {}

  static PredictedFlow ended(PredictedFlowKind kind, long startStep, RuntimeException failure) {
    String why = String.valueOf(failure.getMessage());
    return new PredictedFlow(kind, startStep, null, null, null, null, why, null);
  }
}
