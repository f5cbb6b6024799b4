package brink.monitor.flow;

/**
 * How much longer a series of residuals is than the number of independent ones in it, from its
 * lag-one correlation ρ: (1 + ρ)/(1 − ρ). After an onset the oscillation swells and dies over
 * several bins, and errors that took the bins for independent would be far too small.
 */
final class Autocorrelation {
  /** A correlation that a few dozen values cannot tell from 1. */
  private static final double MOST = 0.9;

  private double previous = Double.NaN;
  private double products;
  private double squares;

  void add(double residual) {
    if (!Double.isNaN(previous)) {
      products += residual * previous;
    }
    squares += residual * residual;
    previous = residual;
  }

  /** Factor by which the variance of anything fitted to them is larger; at least 1. */
  double inflation() {
    return inflation(seen());
  }

  /**
   * The same for the errors that residuals were left of by a fit, whose correlation is smaller by
   * about (1 + 4ρ)/n (Marriott and Pope 1954).
   *
   * @param count n, how many there are, more than 4
   */
  double inflation(int count) {
    return inflation((count * seen() + 1) / (count - 4));
  }

  private double seen() {
    return squares > 0 ? products / squares : 0;
  }

  private static double inflation(double correlation) {
    double clamped = Math.max(0, Math.min(MOST, correlation));
    return (1 + clamped) / (1 - clamped);
  }
}
