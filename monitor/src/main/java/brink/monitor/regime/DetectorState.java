package brink.monitor.regime;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.Regime;

/**
 * Everything that the detector remembers of a run.
 *
 * @param regime present regime
 * @param episode number of the edge episode, from 1; 0 before the first
 * @param firstLoss first loss observed; 0 before any
 * @param signals evidence
 * @param evidence for the edge
 * @param crossing where s rose through 1
 * @param streaks counters
 */
public record DetectorState(
    Regime regime,
    int episode,
    double firstLoss,
    Signals signals,
    EdgeEvidence evidence,
    Crossing crossing,
    Streaks streaks) {

  /** A run of which nothing was seen. */
  public static final DetectorState START =
      new DetectorState(
          Regime.REGIME_STARTING,
          0,
          0,
          Signals.NONE,
          EdgeEvidence.NONE,
          Crossing.NONE,
          Streaks.NONE);

  DetectorState in(Regime other) {
    return new DetectorState(other, episode, firstLoss, signals, evidence, crossing, streaks);
  }

  /** Appends its bytes. */
  public void write(StateWriter out) {
    out.put((byte) regime.getNumber()).put(episode).put(firstLoss);
    signals.write(out);
    evidence.write(out);
    crossing.write(out);
    streaks.write(out);
  }

  /** Reads its bytes. */
  public static DetectorState read(StateReader in) {
    return new DetectorState(
        Regime.forNumber(in.getByte()),
        in.getInt(),
        in.getDouble(),
        Signals.read(in),
        EdgeEvidence.read(in),
        Crossing.read(in),
        Streaks.read(in));
  }
}
