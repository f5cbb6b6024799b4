package brink.trainer.request;

import brink.trainer.data.DataException;

/**
 * A request whose options cannot be met, or do not fit together; the message is one line that names
 * the option and says what to do.
 */
public final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line that names the option
   */
  public OptionException(String message) {
    super(message);
  }

  /**
   * @param message one line that names the option
   */
  public OptionException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of data: the option is named where the message does not begin with one. */
  public static OptionException ofData(DataException e) {
    String message = String.valueOf(e.getMessage());
    return new OptionException(message.startsWith("--") ? message : "--data: " + message, e);
  }
}
