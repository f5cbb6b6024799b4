package brink.trainer.run;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.request.OptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A checkpoint that a run can go on from.
 *
 * @param file that it was read from
 */
record CheckpointSource(Path file, Checkpoint checkpoint) {
  private static final String ANEW = "start the run anew under another --run-id";

  /**
   * The checkpoints of a file or folder that can be read, newest first; at least one.
   *
   * @param notes told of those that cannot
   * @throws OptionException if there is no checkpoint
   * @throws CheckpointException if there are some, and none can be read
   */
  static List<CheckpointSource> of(Path from, Consumer<String> notes) {
    if (Files.isDirectory(from)) {
      return ofFolder(from, notes);
    }
    if (!Files.exists(from)) {
      throw new OptionException(
          "--resume %s: no such file or folder; give a checkpoint or the folder that was --checkpoint-dir"
              .formatted(from));
    }
    return List.of(ofFile(from));
  }

  private static CheckpointSource ofFile(Path file) {
    try {
      return new CheckpointSource(file, CheckpointFile.read(file));
    } catch (CheckpointException e) {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      String remedy =
          newestReadable(folder)
              .map(
                  other ->
                      "step %d is in %s: --resume that"
                          .formatted(other.checkpoint.nextStep(), other.file))
              .orElse("its folder holds no other; restore it from a copy, or " + ANEW);
      throw new CheckpointException(e.getMessage() + "; " + remedy, e);
    }
  }

  private static Optional<CheckpointSource> newestReadable(Path folder) {
    List<CheckpointSource> readable = new ArrayList<>();
    read(folder, readable);
    return readable.stream().findFirst();
  }

  private static List<CheckpointSource> ofFolder(Path folder, Consumer<String> notes) {
    List<CheckpointSource> readable = new ArrayList<>();
    List<CheckpointException> failures = read(folder, readable);
    if (!readable.isEmpty()) {
      CheckpointSource newest = readable.getFirst();
      for (CheckpointException failure : failures) {
        notes.accept(
            "%s; going on from %s, step %d"
                .formatted(failure.getMessage(), newest.file, newest.checkpoint.nextStep()));
      }
      return List.copyOf(readable);
    }
    if (failures.isEmpty()) {
      throw new OptionException(
          "--resume %s holds no checkpoint; give the folder that was --checkpoint-dir"
              .formatted(folder));
    }
    throw new CheckpointException(
        "%s; no checkpoint in %s can be read: restore one from a copy, or %s"
            .formatted(
                String.join("; ", failures.stream().map(Throwable::getMessage).toList()),
                folder,
                ANEW),
        failures.getFirst());
  }

  /** Adds the checkpoints that can be read, newest first, and returns what the others lack. */
  private static List<CheckpointException> read(Path folder, List<CheckpointSource> readable) {
    List<CheckpointException> failures = new ArrayList<>();
    for (Path file : CheckpointFolder.newestFirst(folder)) {
      try {
        readable.add(new CheckpointSource(file, CheckpointFile.read(file)));
      } catch (CheckpointException e) {
        failures.add(e);
      }
    }
    return failures;
  }
}
