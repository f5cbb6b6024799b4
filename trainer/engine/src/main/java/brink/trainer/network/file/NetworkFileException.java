package brink.trainer.network.file;

import java.nio.file.Path;

/** A file that describes no network; the message names file, line, what was expected and found. */
public final class NetworkFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NetworkFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /**
   * A refusal.
   *
   * @param line counted from 1
   */
  NetworkFileException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
