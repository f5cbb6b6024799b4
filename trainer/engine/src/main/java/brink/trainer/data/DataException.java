package brink.trainer.data;

import brink.trainer.files.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Data that cannot be used. The message is one line: which file, what was expected, what was found,
 * what to do.
 */
public final class DataException extends RuntimeException {
  /** With a message that is one line, or made one: control characters are escaped. */
  public DataException(String message) {
    super(Shown.line(message));
  }

  /** The same with what was behind it. */
  public DataException(String message, @Nullable Throwable cause) {
    super(Shown.line(message), cause);
  }

  /** Of a file that is there and cannot be read. */
  static DataException unreadable(Path file, IOException cause) {
    return new DataException(
        "%s: cannot be read: %s".formatted(file, FileTrouble.of(cause)), cause);
  }

  /**
   * The path of a name that a user gave.
   *
   * @throws DataException if no file can have it
   */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new DataException("'%s' is not the name of a file".formatted(name), e);
    }
  }

  /** Refuses what is no file. */
  static void requireFile(Path file, String wanted) {
    if (Files.isDirectory(file)) {
      throw new DataException("%s: is a folder; give %s".formatted(file, wanted));
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException("%s: no such file; give %s".formatted(file, wanted));
    }
  }
}
