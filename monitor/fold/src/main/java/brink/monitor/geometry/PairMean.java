package brink.monitor.geometry;

/**
 * Mean of a quantity over two adjacent steps, t and t+1: free of the period-two oscillation to
 * leading order. An average over any other two steps, or over an even cadence, sees one phase only.
 */
public final class PairMean {
  private PairMean() {}

  /** (a + b)/2. */
  public static double of(double before, double here) {
    return (before + here) / 2;
  }
}
