package brink.monitor.regime;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * How many samples (fits, for the last three) in succession a condition has held.
 *
 * @param samples samples in the present regime
 * @param calm no oscillation, below the edge
 * @param calmStart first step of that calm
 * @param quiet no oscillation, wherever s stands; kept once it has lasted
 * @param runaway ‖w‖² far above its latest low, and the loss, where it is known, above its first
 *     one
 * @param exploded loss far above the run's first one
 * @param agreeing fits whose tests of the flow agree with it while sharpness falls
 * @param failing fits with a test of the flow that fails
 * @param untested fits without a test of the flow
 */
record Streaks(
    int samples,
    int calm,
    long calmStart,
    int quiet,
    int runaway,
    int exploded,
    int agreeing,
    int failing,
    int untested) {
  static final Streaks NONE = new Streaks(0, 0, -1, 0, 0, 0, 0, 0, 0);

  /** Keeps counters from overflowing in runs without end. */
  private static final int ENOUGH = 1 << 20;

  static int next(int count, boolean holds) {
    return holds ? Math.min(count + 1, ENOUGH) : 0;
  }

  void write(StateWriter out) {
    out.put(samples).put(calm).put(calmStart).put(quiet).put(runaway);
    out.put(exploded).put(agreeing).put(failing).put(untested);
  }

  static Streaks read(StateReader in) {
    return new Streaks(
        in.getInt(),
        in.getInt(),
        in.getLong(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt());
  }
}
