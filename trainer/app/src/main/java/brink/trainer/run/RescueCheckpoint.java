package brink.trainer.run;

import brink.trainer.checkpoint.Checkpoint;
import brink.trainer.checkpoint.CheckpointException;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.descent.GradientDescent;
import brink.trainer.files.FileTrouble;
import brink.v1.RunStarted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint that a run leaves behind where it must stop because Kafka takes nothing: in its
 * folder of checkpoints, or, without one, in a folder of its own where it was started, or else
 * among the temporary files.
 */
final class RescueCheckpoint {
  private static final String FOLDER = "brink-checkpoints";

  private final RunPlan plan;
  private final RunStarted run;
  private final List<Path> places;

  /**
   * A checkpoint that may be needed.
   *
   * @param run as it was published
   * @param places for a folder, in order of preference, of a run that has none
   */
  RescueCheckpoint(RunPlan plan, RunStarted run, List<Path> places) {
    this.plan = plan;
    this.run = run;
    this.places = places;
  }

  /** The same with the usual places. */
  static RescueCheckpoint of(RunPlan plan, RunStarted run) {
    return new RescueCheckpoint(plan, run, usualPlaces());
  }

  /** The folders that a run's checkpoint may be in, where there are any. */
  static List<Path> usualFolders(String runId) {
    return usualPlaces().stream().map(place -> folderIn(place, runId)).toList();
  }

  private static List<Path> usualPlaces() {
    return List.of(Path.of(""), Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Writes it.
   *
   * @param folder of the run's checkpoints; null for none
   * @return one sentence that says how to go on
   */
  String leave(@Nullable CheckpointFolder folder, RecoveryPoint point) {
    Checkpoint checkpoint =
        new Checkpoint(
            run.getRunId(),
            point.state().number(GradientDescent.STEP),
            TrajectorySettings.of(plan),
            plan.checkpointing().arguments(),
            point.published().lastStep(),
            point.published().lastStepTimestamp(),
            point.state());
    List<String> troubles = new ArrayList<>();
    if (folder != null) {
      String file = write(folder, checkpoint, troubles);
      if (file != null) {
        return file;
      }
    }
    for (Path place : places) {
      try (CheckpointFolder own =
          CheckpointFolder.ofResumedRun(folderIn(place, run.getRunId()), run.getRunId())) {
        String file = write(own, checkpoint, troubles);
        if (file != null) {
          return file;
        }
      } catch (CheckpointException e) {
        troubles.add(String.valueOf(e.getMessage()));
      }
    }
    return "no checkpoint could be left behind (%s): give a --checkpoint-dir that can be written to"
        .formatted(String.join("; ", troubles));
  }

  private static @Nullable String write(
      CheckpointFolder folder, Checkpoint checkpoint, List<String> troubles) {
    try {
      Path file = folder.write(checkpoint).toAbsolutePath();
      return "the run stops and leaves a checkpoint of step %d behind: once Kafka is back, go on with --resume %s"
          .formatted(checkpoint.nextStep(), file);
    } catch (IOException e) {
      troubles.add(FileTrouble.of(e));
      return null;
    }
  }

  private static Path folderIn(Path place, String runId) {
    return place.resolve(FOLDER).resolve(folderName(runId));
  }

  /** A run id may hold anything, a file name may not. */
  static String folderName(String runId) {
    return runId.replaceAll("[^A-Za-z0-9._-]|^\\.+", "_");
  }
}
