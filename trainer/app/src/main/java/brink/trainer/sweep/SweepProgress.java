package brink.trainer.sweep;

import brink.trainer.run.RunPlan;
import brink.trainer.run.RunProgress;

/** Told of a sweep while it goes on, by the threads that train. */
public interface SweepProgress {
  /**
   * A run begins or goes on.
   *
   * @return told of its steps
   */
  RunProgress begin(SweptRun run, RunPlan plan);

  /** A run has nothing left to do for now. */
  void end(FinishedRun run);

  /**
   * Something that a person should know.
   *
   * @param text one line
   */
  void note(String text);
}
