package brink.trainer.sweep;

import brink.v1.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run of a sweep that has nothing left to do for now.
 *
 * @param run what it was to do
 * @param runId its id; null where it was not started
 * @param ending how it ended
 * @param earlier whether it had ended before the sweep was started this time
 * @param detail why it failed, in one sentence; empty for others
 */
public record FinishedRun(
    SweptRun run, @Nullable String runId, Ending ending, boolean earlier, String detail) {
  /** How a run ended. */
  public enum Ending {
    COMPLETED,
    DIVERGED,
    STOPPED,
    FAILED,
    NOT_STARTED;

    static Ending of(RunStatus status) {
      return switch (status) {
        case RUN_STATUS_COMPLETED -> COMPLETED;
        case RUN_STATUS_DIVERGED -> DIVERGED;
        case RUN_STATUS_STOPPED -> STOPPED;
        case RUN_STATUS_FAILED, RUN_STATUS_UNSPECIFIED, UNRECOGNIZED -> FAILED;
      };
    }
  }

  static FinishedRun notStarted(SweptRun run) {
    return new FinishedRun(run, null, Ending.NOT_STARTED, false, "");
  }

  static FinishedRun failed(SweptRun run, @Nullable String runId, Throwable why) {
    String message = why.getMessage();
    return new FinishedRun(
        run, runId, Ending.FAILED, false, message == null ? why.toString() : message);
  }
}
