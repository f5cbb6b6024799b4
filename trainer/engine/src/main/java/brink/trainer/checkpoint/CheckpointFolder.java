package brink.trainer.checkpoint;

import brink.trainer.files.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The checkpoints of one run: the newest two, so that a damaged one is not the end. Locked while a
 * run writes to it.
 */
public final class CheckpointFolder implements AutoCloseable {
  private static final int KEPT = 2;
  private static final String SUFFIX = ".checkpoint";

  private final Path folder;
  private final FileChannel lockFile;

  private CheckpointFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Opens the folder of a new run; it is made if it is not there.
   *
   * @throws CheckpointException if it holds checkpoints already, is in use or cannot be made
   */
  public static CheckpointFolder ofNewRun(Path folder) {
    List<Path> present = newestFirst(folder);
    if (!present.isEmpty()) {
      throw new CheckpointException(
          "%s holds checkpoints of a run already; continue it with --resume %s, or give another --checkpoint-dir"
              .formatted(folder, folder));
    }
    return lock(folder);
  }

  /**
   * Opens the folder of a run that goes on.
   *
   * @throws CheckpointException if it holds another run's checkpoints, is in use or cannot be made
   */
  public static CheckpointFolder ofResumedRun(Path folder, String runId) {
    for (Path file : newestFirst(folder)) {
      String owner = ownerOf(file);
      if (!owner.isEmpty() && !owner.equals(runId)) {
        throw new CheckpointException(
            "%s holds checkpoints of run %s, not of %s; give another --checkpoint-dir"
                .formatted(folder, owner, runId));
      }
    }
    return lock(folder);
  }

  /**
   * Refuses a folder that a new run could not use, before anything costly is done. The folder is
   * made, since nothing less shows that it can be.
   *
   * @throws CheckpointException as {@link #ofNewRun}
   */
  public static void requireUsable(Path folder) {
    ofNewRun(folder).close();
  }

  /**
   * The same for a run that goes on.
   *
   * @throws CheckpointException as {@link #ofResumedRun}
   */
  public static void requireUsable(Path folder, String runId) {
    ofResumedRun(folder, runId).close();
  }

  /**
   * The same for the folder whose checkpoints were read already.
   *
   * @throws CheckpointException if it is in use or cannot be written to
   */
  public static void requireWritable(Path folder) {
    lock(folder).close();
  }

  /** The checkpoint files of a folder; empty if there is no such folder. */
  public static List<Path> newestFirst(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      // the names have leading zeros
      return files
          .filter(file -> name(file).endsWith(SUFFIX))
          .sorted(Comparator.comparing(CheckpointFolder::name).reversed())
          .toList();
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot list the checkpoints in %s: %s; check that it may be read"
              .formatted(folder, FileTrouble.of(e)),
          e);
    }
  }

  /**
   * Adds a checkpoint and removes the oldest ones.
   *
   * @throws IOException if it cannot be written; the older ones are still there
   */
  public Path write(Checkpoint checkpoint) throws IOException {
    Path file =
        folder.resolve(String.format(Locale.ROOT, "step-%012d%s", checkpoint.nextStep(), SUFFIX));
    CheckpointFile.write(file, checkpoint);
    List<Path> older =
        newestFirst(folder).stream()
            .filter(other -> name(other).compareTo(name(file)) < 0)
            .toList();
    for (Path superfluous : older.subList(Math.min(KEPT - 1, older.size()), older.size())) {
      Files.deleteIfExists(superfluous);
    }
    return file;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    }
  }

  private static CheckpointFolder lock(Path folder) {
    FileChannel channel;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new CheckpointException(
          "--checkpoint-dir %s cannot be written to: %s; give another folder"
              .formatted(folder, FileTrouble.of(e)),
          e);
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new CheckpointFolder(folder, channel);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // said below
    }
    closeQuietly(channel);
    throw new CheckpointException(
        "another process trains the run whose checkpoints are in %s; end it first, or give another --checkpoint-dir"
            .formatted(folder));
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written to it.
    }
  }

  /** Id of the run that wrote a file; empty where it cannot be read. */
  private static String ownerOf(Path file) {
    try {
      return CheckpointFile.read(file).runId();
    } catch (CheckpointException e) {
      return "";
    }
  }

  private static String name(Path file) {
    return Objects.requireNonNull(file.getFileName(), "a file in a folder").toString();
  }
}
