package brink.trainer.descent;

/** Receives every step of a run, in order, on the thread that trains. */
@FunctionalInterface
public interface StepListener {
  /**
   * Called once for each step.
   *
   * @param record its gradient is valid during the call
   */
  void onStep(StepRecord record);

  /**
   * Called between two steps, when the weights have moved on: the time to {@link
   * GradientDescent#save}.
   *
   * @param next the step that comes next
   */
  default void onAdvanced(long next) {}
}
