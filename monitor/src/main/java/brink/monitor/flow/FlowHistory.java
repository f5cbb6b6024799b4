package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.Arrays;

/**
 * The last closed bins, oldest first; immutable. Shares and direct G² are kept in single precision:
 * their own scatter is far above it.
 */
final class FlowHistory {
  /**
   * Bins kept: 0.48 units of flow time at the default cadence; 24 bytes each keep the run's state
   * within 2 KiB.
   */
  static final int CAPACITY = 48;

  static final FlowHistory EMPTY =
      new FlowHistory(new double[0], new double[0], new float[0], new float[0]);

  private final double[] times;
  private final double[] logSharpness;
  private final float[] shares;
  private final float[] direct;

  private FlowHistory(double[] times, double[] logSharpness, float[] shares, float[] direct) {
    this.times = times;
    this.logSharpness = logSharpness;
    this.shares = shares;
    this.direct = direct;
  }

  /** With one more bin; the oldest goes when it is full. NaN is not measured. */
  FlowHistory with(double time, double logarithm, double share, double gradientSquared) {
    int from = size() == CAPACITY ? 1 : 0;
    FlowHistory next = range(from, size() + 1);
    int last = next.size() - 1;
    next.times[last] = time;
    next.logSharpness[last] = logarithm;
    next.shares[last] = (float) share;
    next.direct[last] = (float) gradientSquared;
    return next;
  }

  private FlowHistory range(int from, int to) {
    return new FlowHistory(
        Arrays.copyOfRange(times, from, to),
        Arrays.copyOfRange(logSharpness, from, to),
        Arrays.copyOfRange(shares, from, to),
        Arrays.copyOfRange(direct, from, to));
  }

  FlowHistory oldest(int bins) {
    return range(0, Math.min(bins, size()));
  }

  FlowHistory withoutOldest() {
    return range(1, size());
  }

  int size() {
    return times.length;
  }

  /** τ of a bin. */
  double time(int bin) {
    return times[bin];
  }

  /** τ of the newest bin. */
  double lastTime() {
    return times[times.length - 1];
  }

  double logSharpness(int bin) {
    return logSharpness[bin];
  }

  double share(int bin) {
    return shares[bin];
  }

  double direct(int bin) {
    return direct[bin];
  }

  void write(StateWriter out) {
    out.put(size());
    for (int i = 0; i < size(); i++) {
      out.put(times[i]).put(logSharpness[i]).put(shares[i]).put(direct[i]);
    }
  }

  static FlowHistory read(StateReader in) {
    int size = in.getInt();
    if (size < 0 || size > CAPACITY) {
      throw new IllegalArgumentException("a history has " + size + " bins");
    }
    FlowHistory history = EMPTY;
    for (int i = 0; i < size; i++) {
      history = history.with(in.getDouble(), in.getDouble(), in.getFloat(), in.getFloat());
    }
    return history;
  }
}
