package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Errors of one way of forecasting at one horizon; older ones fade.
 *
 * @param weight number of forecasts, faded
 * @param squares Σ error² of log λ₁
 * @param ratios Σ ln(|error|/claimed error)
 */
record Tally(float weight, float squares, float ratios) {
  static final Tally EMPTY = new Tally(0, 0, 0);

  /** Share of it that stays when one more comes: the last horizon or so counts. */
  private static final double FADING = 0.8;

  /** Checked forecasts that make a choice. */
  private static final double ENOUGH = 2.5;

  /** Independent forecasts that a claim counts for: claims are right within a factor of five. */
  private static final double PRIOR = 0.4;

  /** Forecasts are made four times within their horizon: of so many in a row one is independent. */
  private static final double OVERLAP = 2;

  /** −E ln|z| of a standard normal z: what ratios of right claims are on the average, below 0. */
  private static final double RIGHT = 0.635;

  /** An error of 0 has no logarithm. */
  private static final double LEAST_RATIO = Math.exp(-7);

  /**
   * Intervals are wider by this over the number of independent forecasts seen; Student's t would
   * have 0.8, but a mean of logarithms is less sure of small errors than of large ones (tuned on
   * what intervals covered).
   */
  private static final double FEW = 0.3;

  Tally with(double error, double claimed) {
    double ratio = Math.max(Math.abs(error) / claimed, LEAST_RATIO);
    if (!Double.isFinite(ratio)) {
      return this;
    }
    return new Tally(
        (float) (FADING * weight + 1),
        (float) (FADING * squares + error * error),
        (float) (FADING * ratios + StrictMath.log(ratio)));
  }

  boolean enough() {
    return weight > ENOUGH;
  }

  /** Mean squared error that is to be expected: a claimed one counts as one more forecast. */
  double expectedSquare(double claimed) {
    return (claimed * claimed + squares) / (1 + weight);
  }

  /**
   * Logarithm of the factor that makes claimed errors those that were seen.
   *
   * @param prior the same by a shorter horizon; 0 where there is none
   */
  double logCalibration(double prior) {
    return (PRIOR * prior + (ratios + RIGHT * weight) / OVERLAP) / (PRIOR + weight / OVERLAP);
  }

  /** Factor by which intervals are wider for how few forecasts the calibration is from. */
  double widening() {
    return weight == 0 ? 1 : 1 + FEW / (PRIOR + weight / OVERLAP);
  }

  void write(StateWriter out) {
    out.put(weight).put(squares).put(ratios);
  }

  static Tally read(StateReader in) {
    return new Tally(in.getFloat(), in.getFloat(), in.getFloat());
  }
}
