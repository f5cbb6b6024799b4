package brink.trainer.run;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.publish.PublishedSteps;
import brink.trainer.request.CheckpointChoice;
import brink.trainer.request.OptionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run's checkpoints.
 *
 * @param folder where they are written; null for none
 * @param every steps between two of them
 * @param arguments options of the command line, kept in them
 * @param candidates checkpoints that the run can go on from, newest first; empty for a new run
 * @param files where they were read
 * @param fork the checkpoint of another run that this new one begins with; null for none
 */
record Checkpointing(
    @Nullable Path folder,
    int every,
    List<String> arguments,
    List<Checkpoint> candidates,
    List<Path> files,
    @Nullable CheckpointSource fork) {
  /** A new run without checkpoints. */
  static final Checkpointing NONE = unplanned(List.of());

  /**
   * A new run that writes none unless it must stop.
   *
   * @param arguments options of the command line, for that case
   */
  static Checkpointing unplanned(List<String> arguments) {
    return ofNewRun(null, CheckpointChoice.DEFAULT_EVERY, arguments);
  }

  /**
   * A new run.
   *
   * @param folder null for none
   */
  static Checkpointing ofNewRun(@Nullable Path folder, int every, List<String> arguments) {
    return new Checkpointing(folder, every, arguments, List.of(), List.of(), null);
  }

  /** The same for a new run that begins with another's checkpoint. */
  Checkpointing forking(CheckpointSource source) {
    return new Checkpointing(folder, every, arguments, candidates, files, source);
  }

  /** Whether the run goes on from one of them. */
  boolean isResumed() {
    return !candidates.isEmpty();
  }

  /**
   * Itself, if the plan is that of the checkpoints.
   *
   * @throws OptionException if it is not, or has no steps left
   */
  Checkpointing checked(RunPlan plan) {
    if (fork != null) {
      requireSame(
          plan,
          fork,
          TrajectorySettings::mayFork,
          "a fork shares all but learning rate, weight decay, momentum and measurements with its"
              + " run; undo that, or start a new run without --resume");
      requireStepsLeft(plan, fork.checkpoint(), "run %s had taken %d steps there already");
    } else if (isResumed()) {
      CheckpointSource newest = new CheckpointSource(files.getFirst(), candidates.getFirst());
      requireSame(
          plan,
          newest,
          (_, then, now) -> then.equals(now),
          "undo that, or start a new run without --resume");
      requireStepsLeft(plan, newest.checkpoint(), "run %s has taken all its %d steps");
    }
    return this;
  }

  /** Whether a run may go on with another value of a setting than before. */
  private interface Agreement {
    boolean holds(String setting, String then, String now);
  }

  private static void requireSame(
      RunPlan plan, CheckpointSource source, Agreement agreement, String remedy) {
    Map<String, String> before = source.checkpoint().settings();
    TrajectorySettings.of(plan)
        .forEach(
            (setting, now) -> {
              String then = before.getOrDefault(setting, "absent");
              if (!agreement.holds(setting, then, now)) {
                throw new OptionException(
                    "checkpoint %s was written with %s %s, now it is %s; %s"
                        .formatted(
                            source.file(),
                            TrajectorySettings.optionOf(setting),
                            then,
                            now,
                            remedy));
              }
            });
  }

  private static void requireStepsLeft(RunPlan plan, Checkpoint checkpoint, String message) {
    long steps = plan.descent().steps();
    if (checkpoint.nextStep() >= steps) {
      throw new OptionException(
          message.formatted(checkpoint.runId(), steps) + "; give more --steps to go on");
    }
  }

  /**
   * Opens the folder; null for none.
   *
   * @throws CheckpointException if it cannot be used
   */
  @Nullable CheckpointFolder open(String runId) {
    if (folder == null) {
      return null;
    }
    return isResumed()
        ? CheckpointFolder.ofResumedRun(folder, runId)
        : CheckpointFolder.ofNewRun(folder);
  }

  /** A record timestamp from which on Kafka must hold a step that a checkpoint knows of. */
  long publishedSince() {
    return candidates.stream().mapToLong(Checkpoint::publishedAt).min().orElse(0);
  }

  /**
   * The newest checkpoint that leaves no gap after what is published.
   *
   * @throws CheckpointException if all do
   */
  Checkpoint choose(PublishedSteps published, String kafka) {
    long last = published.lastStep().orElse(-1);
    for (Checkpoint candidate : candidates) {
      if (candidate.nextStep() <= last + 1) {
        return candidate;
      }
    }
    Checkpoint oldest = candidates.getLast();
    String held = last < 0 ? "no step" : "its steps to " + last + " only";
    throw new CheckpointException(
        "run %s: checkpoint %s goes on at step %d, but Kafka at %s holds %s: records were lost, or this is another Kafka; check --bootstrap-servers, resume from an older checkpoint or start a new run"
            .formatted(
                oldest.runId(),
                Objects.requireNonNull(files.getLast()),
                oldest.nextStep(),
                kafka,
                held));
  }
}
