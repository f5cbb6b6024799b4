package brink.monitor.replay;

/**
 * How long a run was in a regime, all its visits together.
 *
 * @param steps steps of the run, those between two observed ones included
 * @param flowTime units of flow time
 */
public record Stay(long steps, double flowTime) {
  /** No time at all. */
  public static final Stay NONE = new Stay(0, 0);

  Stay plus(Stay more) {
    return new Stay(steps + more.steps, flowTime + more.flowTime);
  }
}
