package brink.monitor.flow;

/**
 * Thresholds of the flow's fit.
 *
 * @param cadence flow time between two fits: a hundredth of the flow's own scale
 */
public record FlowSettings(double cadence) {
  /** The settings that the reasons above speak of. */
  public static FlowSettings defaults() {
    return new FlowSettings(0.01);
  }
}
