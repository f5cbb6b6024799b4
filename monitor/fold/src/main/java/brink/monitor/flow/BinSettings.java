package brink.monitor.flow;

import brink.monitor.settings.Allowed;

/**
 * What goes into the bins that the flow is fitted to.
 *
 * @param cadence Bins are this wide and fits this far apart, in units of flow time: a hundredth of
 *     the scale on which anything changes.
 * @param localBins A local fit takes this many bins; over their 0.12 units of flow time the third
 *     derivative of log λ₁, which it leaves out, is below 1 % of the rate for κ up to 3.
 * @param fewestBins The closed form, which has three unknowns, is fitted from this many bins on;
 *     they are two local windows less the overlap.
 * @param settling Bins are taken from this flow time after an onset on, in units of √η_in; the
 *     onset's burst rang for 300 steps at η_in = 2e-4, which is 4.2·√η_in.
 * @param abruptChange A relative change of η or λ_wd by more than this from one step to the next
 *     throws a run off its flow; schedules change less.
 * @param driftRate No flow is fitted while |d log η/dτ| is above this, per unit of flow time; it is
 *     half of the rate at which the flow counts as one.
 */
public record BinSettings(
    double cadence,
    int localBins,
    int fewestBins,
    double settling,
    double abruptChange,
    double driftRate) {
  /** A parabola leaves two of five values over, the least that a scatter can be told from. */
  private static final int LEAST_LOCAL_BINS = 5;

  /** Three unknowns, and one more bin to tell their errors. */
  private static final int LEAST_BINS = 4;

  private static final double CADENCE = 0.01;
  private static final int LOCAL_BINS = 12;
  private static final int FEWEST_BINS = 16;
  private static final double SETTLING = 5;
  private static final double ABRUPT_CHANGE = 0.01;
  private static final double DRIFT_RATE = 0.05;

  /** Refuses what makes no sense. */
  public BinSettings {
    Allowed.positiveUpTo("cadence", cadence, FlowSettings.MOST_FLOW_TIME);
    Allowed.wholeBetween("localBins", localBins, LEAST_LOCAL_BINS, FlowHistory.CAPACITY);
    Allowed.wholeBetween("fewestBins", fewestBins, LEAST_BINS, FlowHistory.CAPACITY);
    Allowed.from("settling", settling, 0);
    Allowed.from("abruptChange", abruptChange, 0);
    Allowed.from("driftRate", driftRate, 0);
  }

  /** The settings that the reasons above speak of. */
  static BinSettings defaults() {
    return new BinSettings(CADENCE, LOCAL_BINS, FEWEST_BINS, SETTLING, ABRUPT_CHANGE, DRIFT_RATE);
  }
}
