package brink.trainer.cli;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.cli.DeviceOptions.SpillName;
import brink.trainer.kernels.cuda.SpilledDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

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
    return of(given, System.err::println);
  }

  /** The same, with what a person should know of damaged checkpoints said elsewhere. */
  static Resumption of(TrainOptions given, Consumer<String> notes) {
    CheckpointOptions options = given.checkpoints;
    if (options.resume != null) {
      return resumed(given, options.resume, notes);
    }
    List<String> kept = Arguments.kept(Arguments.of(given));
    Path folder = options.folder;
    if (folder == null) {
      if (options.every != null) {
        throw new OptionException("--checkpoint-every needs --checkpoint-dir");
      }
      return new Resumption(given, Checkpointing.unplanned(kept));
    }
    int every = every(options);
    requireUsable(() -> CheckpointFolder.requireUsable(folder));
    return new Resumption(given, new Checkpointing(folder, every, kept, List.of(), List.of()));
  }

  private static Resumption resumed(TrainOptions given, Path from, Consumer<String> notes) {
    List<CheckpointSource> sources = CheckpointSource.of(from, notes);
    Checkpoint newest = sources.getFirst().checkpoint();
    String runId = newest.runId();
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
    int every = every(options.checkpoints);
    requireUsable(
        given.checkpoints.folder == null
            ? () -> CheckpointFolder.requireWritable(folder)
            : () -> CheckpointFolder.requireUsable(folder, runId));
    return new Resumption(
        options,
        new Checkpointing(
            folder,
            every,
            Arguments.kept(merged),
            sources.stream().map(CheckpointSource::checkpoint).toList(),
            sources.stream().map(CheckpointSource::file).toList()));
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

  /** Before anything costly is done: what is said of the folder is said of the option. */
  private static void requireUsable(Runnable check) {
    try {
      check.run();
    } catch (CheckpointException e) {
      throw new OptionException(String.valueOf(e.getMessage()), e);
    }
  }

  private static int every(CheckpointOptions options) {
    int every = Objects.requireNonNullElse(options.every, CheckpointOptions.EVERY);
    if (every < 1) {
      throw new OptionException("--checkpoint-every needs a positive number, not " + every);
    }
    return every;
  }
}
