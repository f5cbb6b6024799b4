package brink.monitor.records;

import brink.monitor.catalogue.RecordedMessage;
import brink.monitor.run.RunFold;
import brink.schemas.BrinkSerdes;
import brink.schemas.EventTimes;
import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The starts of all runs of a store; of a run that was resumed the first. */
public final class RunStarts {
  private final RecordStore store;
  private final Map<String, RunStarted> starts;

  private RunStarts(RecordStore store, Map<String, RunStarted> starts) {
    this.store = store;
    this.starts = starts;
  }

  /** Reads them. */
  public static RunStarts of(RecordStore store) {
    Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
    Map<String, RunStarted> starts = new HashMap<>();
    store.read(
        Topic.RUNS,
        record ->
            RecordedMessage.of(events, record)
                .filter(RunEvent::hasStarted)
                .map(RunEvent::getStarted)
                .filter(started -> isKey(record.key(), started.getRunId()))
                .filter(started -> RunFold.check(started).isEmpty())
                .filter(started -> EventTimes.unusable(started) == null)
                .ifPresent(started -> starts.putIfAbsent(started.getRunId(), started)));
    return new RunStarts(store, starts);
  }

  /** The run's start. */
  public RunStarted of(String runId) {
    return starts.getOrDefault(runId, RunStarted.newBuilder().setRunId(runId).build());
  }

  /**
   * Checks that runs are there.
   *
   * @throws NoSuchElementException naming all that are not
   */
  public List<String> require(Collection<String> runIds) {
    Set<String> unknown = new LinkedHashSet<>(runIds);
    unknown.removeAll(starts.keySet());
    if (!unknown.isEmpty()) {
      throw new NoSuchElementException(
          "%s '%s'; ./brink runs lists them"
              .formatted(
                  unknown.size() == 1 ? "no run has the id" : "no runs have the ids",
                  String.join("', '", unknown)));
    }
    return List.copyOf(new LinkedHashSet<>(runIds));
  }

  /**
   * The runs of a group that nobody deleted, oldest first.
   *
   * @throws NoSuchElementException if there are none
   */
  public List<String> ofGroup(String group) {
    Set<String> deleted = DeletedRuns.of(store);
    List<RunStarted> found =
        new ArrayList<>(
            starts.values().stream()
                .filter(run -> run.getGroup().equals(group) && !deleted.contains(run.getRunId()))
                .toList());
    if (found.isEmpty()) {
      throw new NoSuchElementException(
          "no run is of the group '%s'; ./brink runs lists them".formatted(group));
    }
    found.sort(Comparator.comparing(RunStarts::startedAt).thenComparing(RunStarted::getRunId));
    return found.stream().map(RunStarted::getRunId).toList();
  }

  private static Instant startedAt(RunStarted run) {
    return Instant.ofEpochSecond(run.getStartedAt().getSeconds(), run.getStartedAt().getNanos());
  }

  private static boolean isKey(byte @Nullable [] key, String runId) {
    return Arrays.equals(key, runId.getBytes(StandardCharsets.UTF_8));
  }
}
