package brink.trainer.data;

import org.jspecify.annotations.Nullable;

/**
 * Data that cannot be used. The message is one line: which file, what was expected, what was found,
 * what to do.
 */
public final class DataException extends RuntimeException {
  DataException(String message) {
    super(message);
  }

  DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
