package brink.monitor.outcome;

/** Whether the sharpness-reduction flow was tested on a run, and held. */
public enum FlowAnswer {
  /** Nothing that could have contradicted it was measured. */
  NOT_TESTED,
  /** Tests came, and their errors were too large to tell. */
  UNDECIDED,
  /** Enough tests in succession agreed: the run was FLOWING. */
  HELD,
  /** More tests failed than agreed, and the run was never FLOWING. */
  FAILED
}
