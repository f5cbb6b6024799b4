package brink.monitor.outcome;

/** Why it is not known whether a run reached the edge. Not known is not no. */
public enum Unknown {
  /** No regime change was recorded: no monitor has read the run, or not far enough. */
  NO_VERDICT("no monitor has judged it yet; ./brink monitor does"),
  /** The run was too short for a first verdict, or it is too young. */
  STARTING("too few steps for a verdict"),
  /** The stream has neither gradient cosine nor sharpness. */
  BLIND(
      "the stream has neither gradient cosine nor sharpness, which show it; publish gradient_cosine"
          + " at least"),
  /** The edge on the sphere is not defined. */
  NOT_SCALE_INVARIANT(
      "the loss is not scale-invariant, and the edge on the sphere is not defined without that");

  private final String why;

  Unknown(String why) {
    this.why = why;
  }

  /** The reason, for people. */
  public String why() {
    return why;
  }
}
