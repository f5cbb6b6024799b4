package brink.distribution.demo;

import brink.trainer.files.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Remembers in the demo's folder which run its own trainer is at: after a kill the next demo knows
 * by that which run nobody will go on with. Runs of other trainers may go on once the broker is
 * back.
 *
 * @param file that holds the run's id while it goes on
 */
record OwnRun(Path file) {
  /** The note in a demo's folder. */
  static OwnRun in(DataFolder folder) {
    return new OwnRun(folder.path().resolve("brink-demo.run"));
  }

  /** The run that a demo was at when it was killed. */
  Optional<String> interrupted() {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** Notes that a run begins. */
  void begin(String runId) {
    try {
      Files.writeString(file, runId);
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** Notes that it has ended. */
  void end() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure("delete", e);
    }
  }

  private UncheckedIOException failure(String what, IOException cause) {
    return new UncheckedIOException(
        "cannot %s %s (%s); give --data-dir a folder that can be written to"
            .formatted(what, file, FileTrouble.of(cause)),
        cause);
  }
}
