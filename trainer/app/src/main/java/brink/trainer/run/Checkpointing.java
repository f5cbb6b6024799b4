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
 */
record Checkpointing(
    @Nullable Path folder,
    int every,
    List<String> arguments,
    List<Checkpoint> candidates,
    List<Path> files) {
  /** A new run without checkpoints. */
  static final Checkpointing NONE = unplanned(List.of());

  /**
   * A new run that writes none unless it must stop.
   *
   * @param arguments options of the command line, for that case
   */
  static Checkpointing unplanned(List<String> arguments) {
    return new Checkpointing(null, CheckpointChoice.DEFAULT_EVERY, arguments, List.of(), List.of());
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
    if (!isResumed()) {
      return this;
    }
    Checkpoint newest = candidates.getFirst();
    Map<String, String> settings = TrajectorySettings.of(plan);
    for (Map.Entry<String, String> now : settings.entrySet()) {
      String then = newest.settings().getOrDefault(now.getKey(), "absent");
      if (!then.equals(now.getValue())) {
        throw new OptionException(
            "checkpoint %s was written with %s %s, now it is %s; undo that, or start a new run without --resume"
                .formatted(
                    files.getFirst(),
                    TrajectorySettings.optionOf(now.getKey()),
                    then,
                    now.getValue()));
      }
    }
    if (newest.nextStep() >= plan.descent().steps()) {
      throw new OptionException(
          "run %s has taken all its %d steps; give more --steps to go on"
              .formatted(plan.description().runId(), plan.descent().steps()));
    }
    return this;
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
