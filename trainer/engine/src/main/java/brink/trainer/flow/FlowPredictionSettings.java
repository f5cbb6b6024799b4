package brink.trainer.flow;

/**
 * When flows are predicted beside training.
 *
 * @param every cadence in steps; 0 is never
 * @param restart flow time after which a trajectory starts anew from where training is; 0 is at the
 *     entries of the edge only
 */
public record FlowPredictionSettings(int every, double restart) {
  /** No predictions. */
  public static final FlowPredictionSettings OFF = new FlowPredictionSettings(0, 0);

  public FlowPredictionSettings {
    if (every < 0 || !(restart >= 0)) {
      throw new IllegalArgumentException(
          "the cadence and the restart of predicted flows must not be negative");
    }
  }

  /** Whether anything is predicted. */
  public boolean on() {
    return every > 0;
  }

  /** Whether a prediction is due at a step. */
  public boolean due(long step) {
    return on() && step % every == 0;
  }
}
