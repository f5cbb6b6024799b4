package brink.trainer.descent;

/**
 * How a run ended.
 *
 * @param lastStep last step that was handed out; −1 if there was none
 * @param status why it ended
 */
public record DescentOutcome(long lastStep, Status status) {
  /** Why a run ended. */
  public enum Status {
    /** All steps were done. */
    COMPLETED,
    /** It was asked to stop. */
    STOPPED,
    /** Loss, weights or gradient were not finite. */
    DIVERGED
  }
}
