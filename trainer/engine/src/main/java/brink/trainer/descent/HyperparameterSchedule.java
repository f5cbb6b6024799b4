package brink.trainer.descent;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * η and λ_wd as functions of the step.
 *
 * @param learningRate of η
 * @param weightDecay of λ_wd
 */
public record HyperparameterSchedule(Schedule learningRate, Schedule weightDecay) {
  /** Neither changes. */
  public static final HyperparameterSchedule CONSTANT =
      new HyperparameterSchedule(Schedule.CONSTANT, Schedule.CONSTANT);

  /** What a step's update is made with. */
  Hyperparameters at(long step, Hyperparameters initial) {
    return new Hyperparameters(
        learningRate.at(step, initial.learningRate()), weightDecay.at(step, initial.weightDecay()));
  }

  /**
   * Refuses what a step of the run would refuse.
   *
   * @throws IllegalArgumentException if at some step η is not positive or η·λ_wd not below 1; the
   *     message names the step
   */
  void check(long steps, Hyperparameters initial) {
    corners(steps).forEach(step -> checkStep(step, initial));
  }

  /** The steps of a run between which η and λ_wd are monotone, in order. */
  public LongStream corners(long steps) {
    return Stream.of(LongStream.of(0, steps - 1), learningRate.corners(), weightDecay.corners())
        .flatMapToLong(corners -> corners)
        .filter(step -> step >= 0 && step < steps)
        .sorted();
  }

  private void checkStep(long step, Hyperparameters initial) {
    try {
      Hyperparameters ignored = at(step, initial);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("at step " + step + ": " + e.getMessage(), e);
    }
  }
}
