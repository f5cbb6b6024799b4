package brink.monitor.regime;

import brink.monitor.geometry.SphericalStep;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * How fast ‖w‖² rises: log ‖w‖² against a low that gives way slowly, so that a rise counts by what
 * it gains within some tens of steps. At the edge ‖w‖² falls, but for a few per cent; weight decay
 * never raises it.
 *
 * @param low log ‖w‖² at the latest low, raised since; NaN before any
 * @param start last step at which ‖w‖² was its low
 * @param logNorm log ‖w‖² at the last step
 * @param step that step
 */
record NormRise(double low, long start, double logNorm, long step) {
  static final NormRise NONE = new NormRise(Double.NaN, -1, Double.NaN, -1);

  /** What the low gives way per step: 6 % in the thirty steps that a throw takes at most. */
  private static final double YIELD = 2e-3;

  /** And at least this share of η_in: at the edge log ‖w‖² wanders at rates of η_in. */
  private static final double YIELD_SHARE = 0.5;

  NormRise with(SphericalStep next) {
    double here = StrictMath.log(next.weightNormSquared());
    double yield = Math.max(YIELD, YIELD_SHARE * next.intrinsicLearningRate());
    double floor = low + yield * (next.step() - step);
    return floor < here
        ? new NormRise(floor, start, here, next.step())
        : new NormRise(here, next.step(), here, next.step());
  }

  /** From here on: what rose in a throw that is known is no other one. */
  NormRise anew() {
    return start < 0 ? this : new NormRise(logNorm, step, logNorm, step);
  }

  /** ‖w‖² over its low; 1 before any step. */
  double factor() {
    return start < 0 ? 1 : StrictMath.exp(logNorm - low);
  }

  void write(StateWriter out) {
    out.put(low).put(start).put(logNorm).put(step);
  }

  static NormRise read(StateReader in) {
    return new NormRise(in.getDouble(), in.getLong(), in.getDouble(), in.getLong());
  }
}
