package brink.monitor.run;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.Regime;
import brink.v1.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a run's {@code RunEnded} said. It travels on another topic than the steps, so it may come
 * before the last of them.
 *
 * @param lastStep last step that was published; −1 if there was none
 * @param status how the run ended
 * @param before regime before the end, once the end was folded; it holds again if the run goes on
 */
record EndMark(long lastStep, RunStatus status, Regime before) {
  EndMark {
    // What a newer producer says, as if it had not said it.
    status = status == RunStatus.UNRECOGNIZED ? RunStatus.RUN_STATUS_UNSPECIFIED : status;
  }

  EndMark(long lastStep, RunStatus status) {
    this(lastStep, status, Regime.REGIME_STARTING);
  }

  EndMark after(Regime regime) {
    return new EndMark(lastStep, status, regime);
  }

  /** For people. Without the producer's own reason, which would not fit a state of fixed size. */
  String sentence() {
    String how =
        switch (status) {
          case RUN_STATUS_COMPLETED -> "the run took all its planned steps";
          case RUN_STATUS_STOPPED -> "the run was stopped";
          case RUN_STATUS_DIVERGED -> "the run diverged";
          case RUN_STATUS_FAILED -> "the run failed";
          default -> "the run is over";
        };
    return lastStep < 0 ? how : how + "; last step " + lastStep;
  }

  static void write(StateWriter out, @Nullable EndMark mark) {
    out.putPresence(mark != null);
    if (mark != null) {
      out.put(mark.lastStep).put(mark.status.getNumber());
      out.put((byte) mark.before.getNumber());
    }
  }

  static @Nullable EndMark read(StateReader in) {
    return in.isPresent()
        ? new EndMark(in.getLong(), StateReader.known(in.getInt(), RunStatus::forNumber))
            .after(StateReader.known(in.getByte(), Regime::forNumber))
        : null;
  }
}
