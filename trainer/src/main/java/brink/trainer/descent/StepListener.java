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
}
