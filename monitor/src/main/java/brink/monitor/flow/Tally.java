package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Errors of one way of forecasting; older ones fade.
 *
 * @param weight number of forecasts, faded
 * @param squares Σ error² of log λ₁
 * @param claims Σ (error/claimed error)²
 */
record Tally(float weight, float squares, float claims) {
  static final Tally EMPTY = new Tally(0, 0, 0);

  /** Share of it that stays when one more comes: the last two horizons count. */
  private static final double FADING = 0.9;

  /** Forecasts that the claimed error counts for. */
  private static final double PRIOR = 1;

  /** Checked forecasts that make a choice. */
  private static final double ENOUGH = 2.5;

  /** Least claimed error: below it log λ₁ of a bin is not known. */
  private static final double LEAST_CLAIM = 1e-5;

  Tally with(double error, double claimed) {
    if (Double.isNaN(error) || Double.isNaN(claimed)) {
      return this;
    }
    double ratio = error / Math.max(claimed, LEAST_CLAIM);
    return new Tally(
        (float) (FADING * weight + 1),
        (float) (FADING * squares + error * error),
        (float) (FADING * claims + ratio * ratio));
  }

  boolean enough() {
    return weight > ENOUGH;
  }

  double meanSquare() {
    return squares / weight;
  }

  /**
   * Factor that makes claimed errors those that were seen. As Student's t does it allows for how
   * few were seen, every second of which is independent: its 80 % interval is wider than the
   * normal's by about 1 + 0.8/ν.
   */
  double calibration() {
    double seen = Math.sqrt((PRIOR + claims) / (PRIOR + weight));
    return enough() ? seen * (1 + 1.6 / (PRIOR + weight)) : seen;
  }

  void write(StateWriter out) {
    out.put(weight).put(squares).put(claims);
  }

  static Tally read(StateReader in) {
    return new Tally(in.getFloat(), in.getFloat(), in.getFloat());
  }
}
