package brink.monitor.topology;

import brink.monitor.run.RunState;
import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.time.Duration;

/** The regime changes into and out of STALLED. */
public final class Stalls {
  /** Names these verdicts as the wall clock's: no replay can reproduce them. */
  static final String VERSION = "wall-clock-1";

  private Stalls() {}

  /** Whether the change is one of the wall clock's, which a replay does not have. */
  public static boolean isWallClock(RegimeChanged change) {
    return change.getFrom() == Regime.REGIME_STALLED || change.getTo() == Regime.REGIME_STALLED;
  }

  static RegimeChanged silent(RunState state, Duration after) {
    return change(state)
        .setFrom(state.regime())
        .setTo(Regime.REGIME_STALLED)
        .setEvidence(sentence("no event for " + seconds(after) + " and the run has not ended"))
        .build();
  }

  static RegimeChanged heardAgain(RunState state) {
    return change(state)
        .setFrom(Regime.REGIME_STALLED)
        .setTo(state.regime())
        .setEvidence(sentence("events arrive again"))
        .build();
  }

  private static RegimeChanged.Builder change(RunState state) {
    RegimeChanged.Builder change =
        RegimeChanged.newBuilder().setRunId(state.runId()).setDetectorVersion(VERSION);
    state.lastStep().ifPresent(change::setDetectedAtStep);
    return change;
  }

  private static Evidence sentence(String text) {
    return Evidence.newBuilder().setSentence(text).build();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
