package brink.monitor.regime;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * How many samples (fits, for the last three) in succession a condition has held.
 *
 * @param samples samples in the present regime
 * @param calm no oscillation, below the edge
 * @param calmStart first step of that calm
 * @param exploded loss far above the run's first one
 * @param agreeing fits whose rates agree and are not at rest
 * @param disagreeing fits whose rates disagree
 * @param still fits at rest
 */
record Streaks(
    int samples, int calm, long calmStart, int exploded, int agreeing, int disagreeing, int still) {
  static final Streaks NONE = new Streaks(0, 0, -1, 0, 0, 0, 0);

  /** Keeps counters from overflowing in runs without end. */
  private static final int ENOUGH = 1 << 20;

  static int next(int count, boolean holds) {
    return holds ? Math.min(count + 1, ENOUGH) : 0;
  }

  void write(StateWriter out) {
    out.put(samples).put(calm).put(calmStart);
    out.put(exploded).put(agreeing).put(disagreeing).put(still);
  }

  static Streaks read(StateReader in) {
    return new Streaks(
        in.getInt(), in.getInt(), in.getLong(), in.getInt(), in.getInt(), in.getInt(), in.getInt());
  }
}
