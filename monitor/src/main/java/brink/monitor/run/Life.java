package brink.monitor.run;

import brink.v1.RunStatus;

/** What {@code brink.runs} says of a run after its start. */
sealed interface Life {
  /**
   * The run ended.
   *
   * @param lastStep last step that was published; −1 if there was none
   * @param status how it ended
   */
  record End(long lastStep, RunStatus status) implements Life {
    /** For people. Without the producer's own reason, which would not fit a state of fixed size. */
    String sentence() {
      String how =
          switch (status) {
            case RUN_STATUS_COMPLETED -> "the run took all its planned steps";
            case RUN_STATUS_STOPPED -> "the run was stopped";
            case RUN_STATUS_DIVERGED -> "the run diverged";
            case RUN_STATUS_FAILED -> "the run failed";
            case RUN_STATUS_UNSPECIFIED, UNRECOGNIZED -> "the run is over";
          };
      return lastStep < 0 ? how : how + "; last step " + lastStep;
    }
  }

  /**
   * The run goes on.
   *
   * @param step first step that follows
   */
  record Resumption(long step) implements Life {}
}
