package brink.trainer.cli;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.cli.DeviceOptions.SpillName;
import brink.trainer.kernels.cuda.SpilledDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a command asks for: a new run, or one that goes on. Read it before anything is built, since
 * a checkpoint also says on which kind of device and in which precision the run computes.
 *
 * @param options of the run: those given, over those of the checkpoint
 * @param checkpointing its checkpoints
 */
public record Resumption(TrainOptions options, Checkpointing checkpointing) {
  /**
   * Reads the checkpoint, if one is named.
   *
   * @throws CheckpointException if it cannot be used
   * @throws OptionException if the options do not fit together
   */
  public static Resumption of(TrainOptions given) {
    CheckpointOptions options = given.checkpoints;
    if (options.resume != null) {
      return resumed(given, options.resume);
    }
    if (options.folder == null) {
      if (options.every != null) {
        throw new OptionException("--checkpoint-every needs --checkpoint-dir");
      }
      return new Resumption(given, Checkpointing.NONE);
    }
    List<String> kept = Arguments.kept(Arguments.of(given));
    return new Resumption(
        given, new Checkpointing(options.folder, every(options), kept, List.of(), List.of()));
  }

  private static Resumption resumed(TrainOptions given, Path from) {
    List<Source> sources = sources(from);
    Checkpoint newest = sources.getFirst().checkpoint();
    String runId = newest.run().getRunId();
    if (given.runId != null && !given.runId.equals(runId)) {
      throw new OptionException(
          "%s is a checkpoint of run %s; leave --run-id out".formatted(from, runId));
    }
    List<String> now = Arguments.of(given);
    List<String> merged = Arguments.merged(newest.arguments(), now);
    TrainOptions options = given.command == null ? given : Arguments.parse(merged);
    options.runId = runId;
    takeOverSpilling(options.device, newest);
    Path folder =
        given.checkpoints.folder != null
            ? given.checkpoints.folder
            : Objects.requireNonNull(sources.getFirst().file().toAbsolutePath().getParent());
    return new Resumption(
        options,
        new Checkpointing(
            folder,
            every(options.checkpoints),
            Arguments.kept(merged),
            sources.stream().map(Source::checkpoint).toList(),
            sources.stream().map(Source::file).toList()));
  }

  /** What was free when the run began decided for all of it, since slices change its bits. */
  private static void takeOverSpilling(DeviceOptions options, Checkpoint checkpoint) {
    String device = checkpoint.settings().get(TrajectorySettings.DEVICE);
    if (device != null
        && options.spill == SpillName.AUTO
        && !(options.device instanceof DeviceName.Cpu)) {
      options.spill = SpilledDevice.isNamed(device) ? SpillName.ON : SpillName.OFF;
    }
  }

  private record Source(Path file, Checkpoint checkpoint) {}

  /** The checkpoints that can be read, newest first; at least one. */
  private static List<Source> sources(Path from) {
    if (!Files.isDirectory(from)) {
      return List.of(new Source(from, CheckpointFile.read(from)));
    }
    List<Source> sources = new ArrayList<>();
    CheckpointException newestFailure = null;
    for (Path file : CheckpointFolder.newestFirst(from)) {
      try {
        sources.add(new Source(file, CheckpointFile.read(file)));
      } catch (CheckpointException e) {
        newestFailure = newestFailure == null ? e : newestFailure;
      }
    }
    if (!sources.isEmpty()) {
      return sources;
    }
    throw newestFailure != null
        ? newestFailure
        : new CheckpointException(
            from + " holds no checkpoint; give --resume the folder that was --checkpoint-dir");
  }

  private static int every(CheckpointOptions options) {
    int every = Objects.requireNonNullElse(options.every, CheckpointOptions.EVERY);
    if (every < 1) {
      throw new OptionException("--checkpoint-every needs a positive number, not " + every);
    }
    return every;
  }
}
