package brink.monitor.run;

import brink.v1.RejectionReason;
import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** Words for findings about a step: each names the run, the step and the remedy. */
final class Rejections {
  private Rejections() {}

  static Rejection invalid(String runId, long step, String what) {
    return of(
        RejectionReason.REJECTION_REASON_INVALID,
        "run %s step %d: %s; correct the producer, the step was not used",
        runId,
        step,
        what);
  }

  static Rejection withoutPoint(String runId, long step) {
    return of(
        RejectionReason.REJECTION_REASON_INVALID,
        "run %s step %d: sharpness does not say where it was taken, and is not used here and in"
            + " later steps; set its point to ITERATE or MIDPOINT",
        runId,
        step);
  }

  static Rejection notFinite(String runId, long step, String what) {
    return of(
        RejectionReason.REJECTION_REASON_NOT_FINITE,
        "run %s step %d: %s is not finite; lower the learning rate if the loss diverged, else"
            + " correct the producer",
        runId,
        step,
        what);
  }

  static Rejection duplicate(String runId, long step) {
    return of(
        RejectionReason.REJECTION_REASON_DUPLICATE,
        "run %s step %d was observed before; publish with an idempotent producer",
        runId,
        step);
  }

  static Rejection outOfOrder(String runId, long step, long last) {
    return of(
        RejectionReason.REJECTION_REASON_OUT_OF_ORDER,
        "run %s step %d came after step %d; publish steps in order, keyed by the run id",
        runId,
        step,
        last);
  }

  static Rejection gap(String runId, long step, long missingFrom) {
    return of(
        RejectionReason.REJECTION_REASON_GAP,
        "run %s step %d: %s missing; look for lost or refused records",
        runId,
        step,
        steps(missingFrom, step - 1) + (missingFrom == step - 1 ? " is" : " are"));
  }

  /** A stretch of steps in words, both ends included. */
  static String steps(long first, long last) {
    return first == last ? "step " + first : "steps " + first + " to " + last;
  }

  static Rejection stepsAfterEnd(String runId, long last) {
    return of(
        RejectionReason.REJECTION_REASON_AFTER_END,
        "run %s: steps came after step %d, which its RunEnded calls the last, and are used; the run"
            + " ends when nothing more comes of it. Set last_step to the last step that was"
            + " published; a run that goes on says so by RunStarted.resumed_from",
        runId,
        last);
  }

  static Rejection negativeLastStep(String runId, long last) {
    return of(
        RejectionReason.REJECTION_REASON_INVALID,
        "run %s: last_step of its RunEnded is %d, and is not used; leave it out where no step was"
            + " published",
        runId,
        last);
  }

  static Rejection duplicateEnd(String runId) {
    return of(
        RejectionReason.REJECTION_REASON_DUPLICATE,
        "run %s had ended before; a run that goes on says so by RunStarted.resumed_from",
        runId);
  }

  static Rejection tooManyLives(String runId, long step) {
    return of(
        RejectionReason.REJECTION_REASON_INVALID,
        "run %s step %d: %d ends and resumptions wait for steps that did not come; publish the"
            + " steps, keyed by the run id, to the partition of the run's start",
        runId,
        step,
        Lives.MOST);
  }

  @FormatMethod
  private static Rejection of(RejectionReason reason, String format, Object... arguments) {
    return new Rejection(reason, String.format(Locale.ROOT, format, arguments));
  }
}
