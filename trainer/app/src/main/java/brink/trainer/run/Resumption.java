package brink.trainer.run;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The checkpoints that a run can go on from.
 *
 * @param sources newest first, at least one
 */
public record Resumption(List<CheckpointSource> sources) {
  public Resumption {
    sources = List.copyOf(sources);
  }

  /**
   * Reads the checkpoint of a file, or those of a folder.
   *
   * @param notes told of damaged checkpoints that are passed over
   * @throws CheckpointException if it cannot be used
   * @throws OptionException if there is none
   */
  public static Resumption from(Path from, Consumer<String> notes) {
    return new Resumption(CheckpointSource.of(from, notes));
  }

  /**
   * Folders in which a run that had none of its own may have left a checkpoint when it had to stop.
   */
  public static List<Path> rescueFolders(String runId) {
    return RescueCheckpoint.usualFolders(runId);
  }

  /** A name for a folder of a run's checkpoints. */
  public static String folderName(String runId) {
    return RescueCheckpoint.folderName(runId);
  }

  /** The run. */
  public String runId() {
    return newest().runId();
  }

  /**
   * What was asked of the run, to be changed: its options, its id, and the folder that the
   * checkpoint was read from.
   *
   * @throws OptionException if this program does not know all of its options
   */
  public RunRequestBuilder request() {
    return options().runId(runId()).checkpointFolder(folder());
  }

  /**
   * What was asked of the run, to be changed for another that begins where it was: its options, but
   * neither its id nor its checkpoints.
   *
   * @throws OptionException if this program does not know all of its options
   */
  public RunRequestBuilder fork() {
    return options().runId(null).checkpointFolder(null).checkpointEvery(null);
  }

  private RunRequestBuilder options() {
    RunRequestBuilder builder = RunRequest.builder();
    try {
      RunOptions.read(newest().arguments(), builder);
    } catch (OptionException e) {
      throw new OptionException(
          "the checkpoint's options are not understood (%s); resume it with the program that wrote it"
              .formatted(e.getMessage()),
          e);
    }
    return builder;
  }

  /** The newest. */
  Checkpoint newest() {
    return sources.getFirst().checkpoint();
  }

  /** Where the newest was read. */
  Path file() {
    return sources.getFirst().file();
  }

  /** The folder of the newest. */
  Path folder() {
    return Objects.requireNonNull(file().toAbsolutePath().getParent());
  }
}
