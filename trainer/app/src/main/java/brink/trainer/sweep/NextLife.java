package brink.trainer.sweep;

import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.publish.PublishedRuns;
import brink.trainer.publish.PublishedRuns.Published;
import brink.trainer.run.Resumption;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left to do of a run of a sweep, by what Kafka and its checkpoints hold of it. */
public sealed interface NextLife {
  /** Id of the run. */
  String runId();

  /** Nothing: it has come to its end, as planned or beyond the finite numbers. */
  record Over(String runId, RunStatus status) implements NextLife {}

  /**
   * It was interrupted, and goes on.
   *
   * @param folder of its checkpoints
   */
  record Resumed(String runId, Path folder) implements NextLife {}

  /**
   * It begins.
   *
   * @param abandoned a run that began in its place and was left open; null for none
   */
  record Anew(String runId, @Nullable String abandoned) implements NextLife {}

  /** Leaves room for the number of an attempt: monitors refuse ids of more than 200 bytes. */
  int MOST_ID_BYTES = 180;

  /** By when they began. */
  Comparator<Published> NEWEST_FIRST =
      Comparator.<Published, Timestamp>comparing(
              run -> run.started().getStartedAt(), Timestamps.comparator())
          .reversed();

  /**
   * What is left of a run.
   *
   * @param group of the sweep
   * @param published what Kafka holds
   */
  static NextLife of(SweptRun run, String group, PublishedRuns published) {
    List<Published> before =
        published.ofGroup(group, SweepPlan.DIGEST_TAG, run.digest()).stream()
            .sorted(NEWEST_FIRST)
            .toList();
    for (Published one : before) {
      RunStatus ended = one.ended();
      if (ended == RunStatus.RUN_STATUS_COMPLETED || ended == RunStatus.RUN_STATUS_DIVERGED) {
        return new Over(one.started().getRunId(), ended);
      }
    }
    if (before.isEmpty()) {
      return new Anew(freshId(run, group, published), null);
    }
    RunStarted newest = before.getFirst().started();
    Optional<Path> checkpoints =
        folders(run, newest.getRunId())
            .filter(folder -> !CheckpointFolder.newestFirst(folder).isEmpty())
            .findFirst();
    return checkpoints.isPresent()
        ? new Resumed(newest.getRunId(), checkpoints.get())
        : anew(run, group, published, before.getFirst());
  }

  /** A life from the first step, in the place of one that cannot be resumed. */
  static Anew anew(SweptRun run, String group, PublishedRuns published, Published before) {
    String abandoned = before.ended() == null ? before.started().getRunId() : null;
    return new Anew(freshId(run, group, published), abandoned);
  }

  /** The folder of a run's checkpoints; null where none are written. */
  static @Nullable Path folder(SweptRun run, String runId) {
    Path folder = run.request().checkpoints().folder();
    return folder == null ? null : folder.resolve(Resumption.folderName(runId));
  }

  private static Stream<Path> folders(SweptRun run, String runId) {
    return Stream.concat(
        Stream.ofNullable(folder(run, runId)), Resumption.rescueFolders(runId).stream());
  }

  private static String freshId(SweptRun run, String group, PublishedRuns published) {
    String label = run.label().replace("=", "").replace(' ', '-');
    String id = label.isEmpty() ? group : group + "-" + label;
    if (id.getBytes(StandardCharsets.UTF_8).length > MOST_ID_BYTES) {
      id = group + "-" + run.digest();
    }
    String fresh = id;
    for (int attempt = 2; published.run(fresh).isPresent(); attempt++) {
      fresh = id + "-" + attempt;
    }
    return fresh;
  }
}
