package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Sums of a quantity and of the flow times at which it was had.
 *
 * @param count how often
 * @param time Στ since the bin's start
 * @param value Σ of the quantity
 */
record BinSum(int count, double time, double value) {
  static final BinSum EMPTY = new BinSum(0, 0, 0);

  BinSum with(double sinceStart, double sample) {
    return new BinSum(count + 1, time + sinceStart, value + sample);
  }

  boolean known() {
    return count > 0;
  }

  double meanTime() {
    return time / count;
  }

  double mean() {
    return value / count;
  }

  void write(StateWriter out) {
    out.put(count).put(time).put(value);
  }

  static BinSum read(StateReader in) {
    return new BinSum(in.getInt(), in.getDouble(), in.getDouble());
  }
}
