package brink.trainer.cli;

import brink.trainer.data.DataException;

/** Options that do not fit together; the message is one line that says what to do. */
public final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OptionException(String message) {
    super(message);
  }

  OptionException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of data: the option is named where the message does not begin with one. */
  static OptionException ofData(DataException e) {
    String message = String.valueOf(e.getMessage());
    return new OptionException(message.startsWith("--") ? message : "--data: " + message, e);
  }
}
