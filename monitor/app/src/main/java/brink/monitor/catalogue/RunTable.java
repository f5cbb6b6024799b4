package brink.monitor.catalogue;

import brink.monitor.log.LimitedLog;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.text.Excerpt;
import brink.schemas.BrinkSerdes;
import brink.schemas.EventTimes;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The runs, built from records one by one. Safe for use by several threads.
 *
 * <p>Memory is bounded: beyond a number of runs, or of bytes, the one of which nothing was heard
 * for longest is left out. Runs under way are heard of with every step.
 */
final class RunTable {
  /** Years of one study; a list of them takes a second. */
  static final int MOST_RUNS = 100_000;

  /** Serialized; as objects they take two to three times that. A usual run has 2 to 4 KiB. */
  static final long MOST_BYTES = 64L << 20;

  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(RunTable.class));

  private static final int SKIPPED_CHARACTERS = 500;

  private final int mostRuns;
  private final long mostBytes;
  private final RunListener listener;
  private final Map<String, RunEntry> runs = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Integer> partitions = new LinkedHashMap<>();
  private final FitOffsets fitOffsets;
  private final Map<String, Map<Regime, Instant>> changes = new LinkedHashMap<>();
  private long bytes;
  private final Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
  private final Deserializer<RegimeChanged> regimes = BrinkSerdes.regimes().deserializer();
  private final Deserializer<FlowFitted> flows = BrinkSerdes.flow().deserializer();
  private final Deserializer<RunNote> notes = BrinkSerdes.notes().deserializer();

  RunTable() {
    this(MOST_RUNS, MOST_BYTES, RunListener.NONE);
  }

  RunTable(int mostRuns, long mostBytes) {
    this(mostRuns, mostBytes, RunListener.NONE);
  }

  /** A table that tells what it hears of. */
  RunTable(RunListener listener) {
    this(MOST_RUNS, MOST_BYTES, listener);
  }

  private RunTable(int mostRuns, long mostBytes, RunListener listener) {
    this.mostRuns = mostRuns;
    this.mostBytes = mostBytes;
    this.listener = listener;
    this.fitOffsets = new FitOffsets(mostRuns);
  }

  /**
   * Takes a record of brink.runs, brink.regimes, brink.flow or brink.notes; what cannot be read, or
   * what the topology rejects, is skipped.
   */
  void apply(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      if (record.topic().equals(Topic.NOTES.topicName()) && record.key() != null) {
        update(
            new String(record.key(), StandardCharsets.UTF_8), entry -> entry.with((RunNote) null));
      }
      return;
    }
    try {
      read(record, Instant.ofEpochMilli(Math.max(0, record.timestamp())));
    } catch (SerializationException e) {
      LOG.warn(
          "records of " + record.topic() + " that are skipped by the run catalogue",
          () ->
              "%s-%d@%d is skipped by the run catalogue: %s"
                  .formatted(
                      record.topic(),
                      record.partition(),
                      record.offset(),
                      Excerpt.of(String.valueOf(e.getMessage()), SKIPPED_CHARACTERS)));
    }
  }

  /** Takes note of a step that this process saw. */
  void touch(String runId, long step, @Nullable Double stabilityRatio, Instant at) {
    synchronized (this) {
      runs.computeIfPresent(runId, (_, entry) -> entry.withStep(step, stabilityRatio, at));
    }
    listener.onStep(runId, step);
  }

  /** Says how many records were skipped without a line in the log. */
  void tellSuppressed() {
    LOG.tellSuppressed();
  }

  /** The run; null where there is none, or people deleted it. */
  synchronized @Nullable RunEntry get(String runId) {
    RunEntry entry = runs.get(runId);
    return entry == null || entry.isDeleted() ? null : entry;
  }

  /** Partition of brink.runs that has the run's first start; null where none is known. */
  synchronized @Nullable Integer partitionOfStart(String runId) {
    return partitions.get(runId);
  }

  /** Offset in this partition of brink.flow that no fit of the run lies before. */
  long beginOfFits(String runId, int partition) {
    return fitOffsets.beginOf(runId, partition);
  }

  /** When the run last came to each regime. */
  synchronized Map<Regime, Instant> changedAt(String runId) {
    return Map.copyOf(changes.getOrDefault(runId, Map.of()));
  }

  /** Those that are over, or silent, and were heard of since. */
  List<RunEntry> quietSince(Instant time) {
    return snapshot().stream()
        .filter(entry -> entry.started() != null && !entry.isDeleted() && entry.isQuietSince(time))
        .toList();
  }

  /** Those whose start is known and which nobody deleted, newest first. */
  List<RunEntry> all() {
    return all(false);
  }

  /** Those that people deleted. */
  List<RunEntry> deleted() {
    return all(true);
  }

  private List<RunEntry> all(boolean deleted) {
    return snapshot().stream()
        .filter(entry -> entry.started() != null && entry.isDeleted() == deleted)
        .sorted(Comparator.comparing(RunTable::startedAt).reversed().thenComparing(RunEntry::runId))
        .toList();
  }

  private synchronized List<RunEntry> snapshot() {
    return List.copyOf(runs.values());
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Instant at) {
    String topic = record.topic();
    if (topic.equals(Topic.RUNS.topicName())) {
      RunEvent event = events.deserialize(topic, record.headers(), record.value());
      read(event, record.key(), record.partition(), at);
    } else if (topic.equals(Topic.REGIMES.topicName())) {
      RegimeChanged change = regimes.deserialize(topic, record.headers(), record.value());
      update(change.getRunId(), entry -> entry.with(change, at));
      note(change, at);
      listener.onRegimeChanged(change);
    } else if (topic.equals(Topic.FLOW.topicName())) {
      FlowFitted flow = flows.deserialize(topic, record.headers(), record.value());
      if (isTaken(flow.getRunId())) {
        fitOffsets.take(flow.getRunId(), record.partition(), record.offset());
      }
      update(flow.getRunId(), entry -> entry.with(flow, at));
    } else if (topic.equals(Topic.NOTES.topicName())) {
      RunNote note = notes.deserialize(topic, record.headers(), record.value());
      if (isKey(record.key(), note.getRunId()) && EventTimes.unusable(note) == null) {
        update(note.getRunId(), entry -> entry.with(note));
      }
    }
  }

  private void read(RunEvent event, byte @Nullable [] key, int partition, Instant at) {
    switch (event.getEventCase()) {
      case STARTED -> {
        RunStarted started = event.getStarted();
        if (isKey(key, started.getRunId())
            && RunFold.check(started).isEmpty()
            && EventTimes.unusable(started) == null) {
          place(started.getRunId(), partition);
          update(started.getRunId(), entry -> started(entry, started, at));
        }
      }
      case ENDED -> {
        RunEnded ended = event.getEnded();
        if (isKey(key, ended.getRunId()) && EventTimes.unusable(ended) == null) {
          update(ended.getRunId(), entry -> ended(entry, ended, at));
        }
      }
      case EVENT_NOT_SET -> {}
    }
  }

  // As the topology does: the first start counts, and one that continues the run reopens it.
  private static RunEntry started(RunEntry entry, RunStarted started, Instant at) {
    if (entry.started() == null) {
      return entry.with(started, at);
    }
    return RunFold.isResumption(started) ? entry.resumed(started, at) : entry;
  }

  // Likewise: an end before the start is of no known run, and one more end is not used.
  private static RunEntry ended(RunEntry entry, RunEnded ended, Instant at) {
    return entry.started() == null || entry.ended() != null ? entry : entry.with(ended, at);
  }

  private static boolean isKey(byte @Nullable [] key, String runId) {
    return key != null && Arrays.equals(key, runId.getBytes(StandardCharsets.UTF_8));
  }

  private void update(String runId, UnaryOperator<RunEntry> change) {
    if (isTaken(runId)) {
      replace(runId, change);
      listener.onChanged(runId);
    }
  }

  /** The topology takes no other runs. */
  private static boolean isTaken(String runId) {
    return !runId.isEmpty() && runId.length() <= RunState.MAX_RUN_ID_BYTES;
  }

  private synchronized void replace(String runId, UnaryOperator<RunEntry> change) {
    RunEntry before = runs.get(runId);
    RunEntry after = change.apply(before == null ? RunEntry.unseen(runId) : before);
    runs.put(runId, after);
    bytes += after.bytes() - (before == null ? 0 : before.bytes());
    while (runs.size() > mostRuns || (bytes > mostBytes && runs.size() > 1)) {
      leaveOutOldest();
    }
  }

  private synchronized void note(RegimeChanged change, Instant at) {
    if (runs.containsKey(change.getRunId())) {
      changes
          .computeIfAbsent(change.getRunId(), _ -> new EnumMap<>(Regime.class))
          .put(change.getTo(), at);
    }
  }

  private synchronized void place(String runId, int partition) {
    partitions.putIfAbsent(runId, partition);
    if (partitions.size() > mostRuns) {
      partitions.remove(partitions.keySet().iterator().next());
    }
  }

  private void leaveOutOldest() {
    Iterator<RunEntry> oldest = runs.values().iterator();
    RunEntry leaving = oldest.next();
    bytes -= leaving.bytes();
    changes.remove(leaving.runId());
    oldest.remove();
    LOG.warn(
        "runs left out of the run catalogue",
        () ->
            "the run catalogue is full (%,d runs, %,d bytes): the run that was silent for longest is"
                    .formatted(runs.size(), bytes)
                + " left out; all verdicts are still made and written");
  }

  private static Instant startedAt(RunEntry entry) {
    var started = entry.started();
    return started == null || !started.hasStartedAt()
        ? Instant.EPOCH
        : Instant.ofEpochSecond(
            started.getStartedAt().getSeconds(), started.getStartedAt().getNanos());
  }
}
