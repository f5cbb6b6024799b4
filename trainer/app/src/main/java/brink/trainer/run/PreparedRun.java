package brink.trainer.run;

import brink.schemas.KafkaSettings;
import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.kernels.cuda.SpilledDevice;
import brink.trainer.publish.PublishedSteps;
import brink.trainer.request.CheckpointChoice;
import brink.trainer.request.DeviceName;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.trainer.request.Spilling;
import brink.trainer.request.Trajectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A new run, or one that goes on, before anything costly is done: its request, and checkpoints that
 * can be used.
 *
 * @param request of the run
 * @param checkpointing its checkpoints
 */
public record PreparedRun(RunRequest request, Checkpointing checkpointing) {
  /**
   * A new run.
   *
   * @throws OptionException if its checkpoints cannot be written as asked
   */
  public static PreparedRun of(RunRequest request) {
    CheckpointChoice choice = request.checkpoints();
    List<String> arguments = RunOptions.arguments(request);
    Path folder = choice.folder();
    if (folder == null) {
      if (choice.every() != null) {
        throw new OptionException("--checkpoint-every needs --checkpoint-dir");
      }
      return new PreparedRun(request, Checkpointing.unplanned(arguments));
    }
    int every = every(choice);
    requireUsable(() -> CheckpointFolder.requireUsable(folder));
    return new PreparedRun(request, Checkpointing.ofNewRun(folder, every, arguments));
  }

  /**
   * A new run that begins where another one was, with settings of its own: what would have become
   * of that one with them.
   *
   * @param request made from that of the resumption, {@link Resumption#fork}
   * @throws OptionException if its checkpoints cannot be written as asked
   */
  public static PreparedRun fork(RunRequest request, Resumption resumption) {
    if (resumption.runId().equals(request.runId())) {
      throw new OptionException(
          "--fork begins a new run: give it another --run-id than %s, or none"
              .formatted(resumption.runId()));
    }
    RunRequest forked = spillingAsBefore(request, resumption.newest());
    return new PreparedRun(
        forked, of(forked).checkpointing().forking(resumption.sources().getFirst()));
  }

  /**
   * A run that goes on. The GPU works on slices as it did before, since that decides on the bits.
   *
   * @param request made from that of the resumption
   * @throws OptionException if the request is not of that run, or checkpoints cannot be written
   */
  public static PreparedRun of(RunRequest request, Resumption resumption) {
    String runId = resumption.runId();
    if (!runId.equals(request.runId())) {
      throw new OptionException(
          "%s is a checkpoint of run %s; leave --run-id out".formatted(resumption.file(), runId));
    }
    Path asked = request.checkpoints().folder();
    Path own = resumption.folder();
    Path folder = Objects.requireNonNullElse(asked, own);
    int every = every(request.checkpoints());
    requireUsable(
        folder.equals(own)
            ? () -> CheckpointFolder.requireWritable(folder)
            : () -> CheckpointFolder.requireUsable(folder, runId));
    return new PreparedRun(
        spillingAsBefore(request, resumption.newest()),
        new Checkpointing(
            folder,
            every,
            RunOptions.arguments(request),
            resumption.sources().stream().map(CheckpointSource::checkpoint).toList(),
            resumption.sources().stream().map(CheckpointSource::file).toList(),
            null));
  }

  /** What was free when the run began decided for all of it. */
  private static RunRequest spillingAsBefore(RunRequest request, Checkpoint checkpoint) {
    @Nullable String device = checkpoint.settings().get(Trajectory.DEVICE);
    if (device == null
        || request.device().spill() != Spilling.AUTO
        || request.device().name() instanceof DeviceName.Cpu) {
      return request;
    }
    return request.toBuilder()
        .spill(SpilledDevice.isNamed(device) ? Spilling.ON : Spilling.OFF)
        .build();
  }

  /**
   * Refuses an id that was given to a new run and is taken: two runs under one id spoil each other.
   *
   * @throws OptionException if Kafka has such a run
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public void requireFreshRunId(KafkaSettings kafka) {
    String runId = request.runId();
    if (runId != null && !checkpointing.isResumed() && PublishedSteps.anyOf(kafka, runId)) {
      throw new OptionException(
          "--run-id: there is a run %s already; choose another id, or go on with it by --resume"
              .formatted(runId));
    }
  }

  /** What is said of the folder is said of the option. */
  private static void requireUsable(Runnable check) {
    try {
      check.run();
    } catch (CheckpointException e) {
      throw new OptionException(String.valueOf(e.getMessage()), e);
    }
  }

  private static int every(CheckpointChoice choice) {
    int every = Objects.requireNonNullElse(choice.every(), CheckpointChoice.DEFAULT_EVERY);
    if (every < 1) {
      throw new OptionException("--checkpoint-every needs a positive number, not " + every);
    }
    return every;
  }
}
