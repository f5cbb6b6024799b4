package brink.monitor.replay;

import brink.monitor.catalogue.RecordedMessage;
import brink.monitor.contract.FieldCensus;
import brink.monitor.records.RecordStore;
import brink.monitor.run.FoldSettings;
import brink.monitor.run.Outcome;
import brink.monitor.topology.RunObserver;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Re-reads a run from Kafka through the production topology into fresh state.
 *
 * <p>A run is always replayed from its start, because a verdict depends on all steps before it; a
 * {@link StepRange} only chooses which verdicts to look at.
 */
public final class Replay {
  private final RecordStore store;

  /** Replays what lies there. */
  public Replay(RecordStore store) {
    this.store = store;
  }

  /**
   * Refuses runs that are not recorded, all of them at once.
   *
   * @throws NoSuchElementException naming those that no record of brink.runs belongs to
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public void requireRecorded(Collection<String> runIds) {
    Set<String> unknown = new LinkedHashSet<>(runIds);
    store.read(
        Topic.RUNS,
        record -> {
          if (record.key() != null) {
            unknown.remove(new String(record.key(), StandardCharsets.UTF_8));
          }
        });
    if (unknown.size() == 1) {
      throw RecordedRun.unknown(unknown.iterator().next());
    }
    if (!unknown.isEmpty()) {
      throw new NoSuchElementException(
          "no runs have the ids '%s'; ./brink runs lists them"
              .formatted(String.join("', '", unknown)));
    }
  }

  /**
   * The settings that the run's recorded verdicts were made with.
   *
   * @throws NoSuchElementException if no record of brink.runs belongs to the run
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public RecordedSettings recordedSettings(String runId) {
    return RecordedSettings.of(recorded(runId));
  }

  /**
   * Replays the run as far as it is recorded now.
   *
   * @param settings of the fold
   * @throws NoSuchElementException if no record of brink.runs belongs to the run
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public Replayed replay(String runId, FoldSettings settings) {
    return replay(runId, settings, RunObserver.NONE);
  }

  /**
   * The same while somebody watches.
   *
   * @param watching told what the topology does, record by record
   * @throws NoSuchElementException as above
   */
  public Replayed replay(String runId, FoldSettings settings, RunObserver watching) {
    RecordedRun run = RecordedRun.find(store, runId);
    try (ReplaySession session = new ReplaySession(runId, settings, run.stepCount(), watching)) {
      run.life().forEach(session::life);
      run.steps(session::step);
      return session.finish();
    }
  }

  /**
   * Replays the run with the default settings, and counts what its steps carry. The run may be one
   * of which nothing can be used.
   *
   * @throws NoSuchElementException if there is no record with its id as the key
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public CheckedStream check(String runId) {
    RecordedRun run = RecordedRun.lookUp(store, runId);
    FieldCensus fields = new FieldCensus();
    try (ReplaySession session =
        new ReplaySession(runId, FoldSettings.defaults(), run.stepCount(), new UsedSteps(fields))) {
      run.life().forEach(session::life);
      run.steps(session::step);
      Replayed replayed = session.finish();
      if (replayed.records() == 0) {
        throw new NoSuchElementException(
            "no record of brink.runs or brink.steps has the key '%s'; each record of a run has the"
                    .formatted(runId)
                + " run id in UTF-8 as its key");
      }
      return new CheckedStream(run.started().orElse(null), fields, replayed);
    }
  }

  /**
   * Replays the run with two settings at once: both see the same records.
   *
   * @param range verdicts to compare
   * @throws NoSuchElementException if no record of brink.runs belongs to the run
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public WhatIf whatIf(String runId, FoldSettings baseline, FoldSettings changed, StepRange range) {
    RecordedRun run = RecordedRun.find(store, runId);
    try (ReplaySession left = new ReplaySession(runId, baseline);
        ReplaySession right = new ReplaySession(runId, changed)) {
      run.life().forEach(left::life);
      run.life().forEach(right::life);
      run.steps(
          step -> {
            left.step(step);
            right.step(step);
          });
      return WhatIf.of(left.finish(), right.finish(), range);
    }
  }

  /**
   * Compares a replay with what the monitor recorded.
   *
   * @param applicationId the monitor's
   */
  public Verification verify(Replayed replayed, StepRange range, String applicationId) {
    // In this order: what is committed by now is visible in brink.regimes below.
    long behind = behind(applicationId, replayed.lastOffsets());
    return Verification.compare(
        range.of(recorded(replayed.runId())), range.of(replayed.changes()), behind);
  }

  /**
   * Holds the run's published gradients against its steps.
   *
   * @throws NoSuchElementException if no record of brink.runs belongs to the run
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public GradientCheck checkGradients(String runId) {
    RecordedRun run = RecordedRun.find(store, runId);
    GradientCheck check = new GradientCheck();
    run.gradients(check::chunk);
    if (check.hasGradients()) {
      run.readableSteps(check::step);
    }
    return check;
  }

  /**
   * Replays whole partitions, every run among the others as the monitor had it, and compares each
   * run's verdicts with those that are recorded.
   *
   * @param progress told in a few words what is being done
   * @param applicationId the monitor's
   * @return by run id
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public SortedMap<String, Verification> verifyAll(
      Consumer<String> progress, String applicationId) {
    progress.accept("reading the recorded verdicts");
    Map<String, List<RegimeChanged>> recorded = allRecorded();
    Map<FoldSettings, Set<String>> bySettings = new HashMap<>();
    recorded.forEach(
        (runId, changes) ->
            bySettings
                .computeIfAbsent(RecordedSettings.of(changes).settings(), _ -> new TreeSet<>())
                .add(runId));
    SortedMap<String, Verification> verified = new TreeMap<>();
    for (Map.Entry<FoldSettings, Set<String>> runs : bySettings.entrySet()) {
      PartitionsReplayed replayed = PartitionsReplayed.of(store, runs.getKey(), progress);
      long behind = behind(applicationId, replayed.lastOffsets());
      for (String runId : runs.getValue()) {
        verified.put(
            runId,
            Verification.compare(
                recorded.getOrDefault(runId, List.of()), replayed.changes(runId), behind));
      }
    }
    return verified;
  }

  // A file has what the monitor had written when the file was made: nothing more will come.
  private long behind(String applicationId, Map<TopicPartition, Long> lastOffsets) {
    return store
        .kafka()
        .map(kafka -> MonitorProgress.committed(kafka, applicationId))
        .map(committed -> MonitorProgress.behind(committed, lastOffsets))
        .orElse(0L);
  }

  private Map<String, List<RegimeChanged>> allRecorded() {
    Deserializer<RegimeChanged> values = BrinkSerdes.regimes().deserializer();
    Map<String, List<RegimeChanged>> recorded = new HashMap<>();
    store.read(
        Topic.REGIMES,
        record ->
            RecordedMessage.of(values, record)
                .ifPresent(
                    change ->
                        recorded
                            .computeIfAbsent(change.getRunId(), _ -> new ArrayList<>())
                            .add(change)));
    return recorded;
  }

  private List<RegimeChanged> recorded(String runId) {
    Deserializer<RegimeChanged> values = BrinkSerdes.regimes().deserializer();
    List<RegimeChanged> recorded = new ArrayList<>();
    RecordedRun.find(store, runId)
        .regimes(record -> RecordedMessage.of(values, record).ifPresent(recorded::add));
    return recorded;
  }

  /** What the steps of a replay carry, of those that are used. */
  private record UsedSteps(FieldCensus fields) implements RunObserver {
    @Override
    public void onStep(StepObserved step, Outcome outcome) {
      if (outcome.readings() != null) {
        fields.take(step);
      }
    }
  }
}
