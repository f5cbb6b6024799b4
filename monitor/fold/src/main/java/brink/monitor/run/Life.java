package brink.monitor.run;

import brink.v1.RunStatus;

/** What {@code brink.runs} says of a run after its start. */
sealed interface Life {
  /**
   * The run ended.
   *
   * @param lastStep last step that was published; {@link #OPEN} if that is not known
   * @param status how it ended
   */
  record End(long lastStep, RunStatus status) implements Life {
    /** Beyond all steps: an end that does not say its last step, or that later steps belie. */
    static final long OPEN = Long.MAX_VALUE;

    /** Whether the last step is not known, so that only silence tells that it has come. */
    boolean isOpen() {
      return lastStep == OPEN;
    }

    /** The same end without its last step. */
    End opened() {
      return new End(OPEN, status);
    }

    /**
     * For people. Without the producer's own reason, which would not fit a state of fixed size.
     *
     * @param reached last step that came; −1 if none did
     */
    String sentence(long reached) {
      String how =
          status == RunStatus.RUN_STATUS_COMPLETED ? "the run took all its planned steps" : over();
      long last = isOpen() ? reached : lastStep;
      return last < 0 ? how : how + "; last step " + last;
    }

    /** The same for a run of which no step was used: what it took is not known. */
    String sentenceWithoutSteps() {
      return over() + ", and no step of it came that could be used";
    }

    private String over() {
      return switch (status) {
        case RUN_STATUS_STOPPED -> "the run was stopped";
        case RUN_STATUS_DIVERGED -> "the run diverged";
        case RUN_STATUS_FAILED -> "the run failed";
        case RUN_STATUS_COMPLETED, RUN_STATUS_UNSPECIFIED, UNRECOGNIZED -> "the run is over";
      };
    }
  }

  /**
   * The run goes on.
   *
   * @param step first step that follows
   */
  record Resumption(long step) implements Life {}
}
