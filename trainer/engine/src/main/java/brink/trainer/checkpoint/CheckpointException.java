package brink.trainer.checkpoint;

import org.jspecify.annotations.Nullable;

/** A checkpoint cannot be used; the message is one line that names the file and the remedy. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a cause. */
  public CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Without a cause. */
  public CheckpointException(String message) {
    super(message);
  }
}
