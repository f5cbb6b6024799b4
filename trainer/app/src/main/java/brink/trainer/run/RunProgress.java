package brink.trainer.run;

import brink.trainer.descent.StepRecord;

/** Told of a run while it goes on, by the thread that trains; must be quick. */
public interface RunProgress {
  /** Tells nobody. */
  RunProgress SILENT =
      new RunProgress() {
        @Override
        public void onStep(StepRecord step) {
          // nobody asked
        }

        @Override
        public void note(String text) {
          // nobody asked
        }
      };

  /** A step was taken, now or, in a run that goes on, in an earlier life. */
  void onStep(StepRecord step);

  /**
   * Something that a person should know; may be called by other threads.
   *
   * @param text one line
   */
  void note(String text);
}
