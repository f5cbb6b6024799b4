package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Mean of a quantity over a bin, where it does not matter when it was had.
 *
 * @param count how often
 * @param sum Σ of the quantity
 */
record BinMean(int count, double sum) {
  static final BinMean EMPTY = new BinMean(0, 0);

  BinMean with(double sample) {
    return new BinMean(count + 1, sum + sample);
  }

  boolean known() {
    return count > 0;
  }

  /** NaN before any. */
  double value() {
    return known() ? sum / count : Double.NaN;
  }

  void write(StateWriter out) {
    out.put(count).put(sum);
  }

  static BinMean read(StateReader in) {
    return new BinMean(in.getInt(), in.getDouble());
  }
}
