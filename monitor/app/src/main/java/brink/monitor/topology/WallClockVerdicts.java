package brink.monitor.topology;

import brink.monitor.run.RunState;
import brink.v1.Evidence;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.time.Duration;

/**
 * The regime changes that silence brings and lifts: into STALLED, and into ENDED where an end is
 * known whose last steps never came. They leave the fold as it is, so that steps which come after
 * all are judged as if there had been no silence.
 */
public final class WallClockVerdicts {
  static final String VERSION = "wall-clock-1";

  private WallClockVerdicts() {}

  /** Whether the change is one of the wall clock's, which a replay need not reproduce. */
  public static boolean isOne(RegimeChanged change) {
    return change.getDetectorVersion().equals(VERSION)
        || change.getFrom() == Regime.REGIME_STALLED
        || change.getTo() == Regime.REGIME_STALLED;
  }

  /** No event came for so long. */
  static RegimeChanged stalled(RunState state, Duration after) {
    return change(state, state.regime(), Regime.REGIME_STALLED)
        .setEvidence(
            sentence(
                "no event for %s s and the run has not ended".formatted(after.toMillis() / 1000.0)))
        .build();
  }

  /** The run's end is known, and its last steps did not come. */
  static RegimeChanged ended(RunState state, String how) {
    return change(state, state.regime(), Regime.REGIME_ENDED).setEvidence(sentence(how)).build();
  }

  /** Something came after all. */
  static RegimeChanged heardAgain(RunState state, Regime silence) {
    return change(state, silence, state.regime())
        .setEvidence(sentence("events arrive again"))
        .build();
  }

  private static RegimeChanged.Builder change(RunState state, Regime from, Regime to) {
    RegimeChanged.Builder change =
        RegimeChanged.newBuilder()
            .setRunId(state.runId())
            .setFrom(from)
            .setTo(to)
            .setDetectorVersion(VERSION);
    state.lastStep().ifPresent(change::setDetectedAtStep);
    return change;
  }

  private static Evidence sentence(String text) {
    return Evidence.newBuilder().setSentence(text).build();
  }
}
