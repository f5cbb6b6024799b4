package brink.monitor.catalogue;

import brink.monitor.run.RunFold;
import brink.schemas.BrinkSerdes;
import brink.schemas.EventTimes;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All runs, built from records one by one. Written by one thread, read by any. */
final class RunTable {
  private static final Logger LOG = LoggerFactory.getLogger(RunTable.class);

  private final ConcurrentMap<String, RunEntry> runs = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> partitions = new ConcurrentHashMap<>();
  private final Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
  private final Deserializer<RegimeChanged> regimes = BrinkSerdes.regimes().deserializer();
  private final Deserializer<FlowFitted> flows = BrinkSerdes.flow().deserializer();

  /**
   * Takes a record of brink.runs, brink.regimes or brink.flow; what cannot be read, or what the
   * topology rejects, is skipped.
   */
  void apply(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      read(record, Instant.ofEpochMilli(Math.max(0, record.timestamp())));
    } catch (SerializationException e) {
      LOG.warn(
          "{}-{}@{} is skipped: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  /** Takes note of a step that this process saw. */
  void touch(String runId, long step, Instant at) {
    runs.computeIfPresent(runId, (_, entry) -> entry.withStep(step, at));
  }

  @Nullable RunEntry get(String runId) {
    return runs.get(runId);
  }

  /** Partition of brink.runs that has the run's first start; null where none is known. */
  @Nullable Integer partitionOfStart(String runId) {
    return partitions.get(runId);
  }

  /** Those whose start is known, newest first. */
  List<RunEntry> all() {
    return runs.values().stream()
        .filter(entry -> entry.started() != null)
        .sorted(Comparator.comparing(RunTable::startedAt).reversed().thenComparing(RunEntry::runId))
        .toList();
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Instant at) {
    String topic = record.topic();
    if (topic.equals(Topic.RUNS.topicName())) {
      RunEvent event = events.deserialize(topic, record.headers(), record.value());
      read(event, record.key(), record.partition(), at);
    } else if (topic.equals(Topic.REGIMES.topicName())) {
      RegimeChanged change = regimes.deserialize(topic, record.headers(), record.value());
      update(change.getRunId(), entry -> entry.with(change, at));
    } else if (topic.equals(Topic.FLOW.topicName())) {
      FlowFitted flow = flows.deserialize(topic, record.headers(), record.value());
      update(flow.getRunId(), entry -> entry.with(flow, at));
    }
  }

  private void read(RunEvent event, byte @Nullable [] key, int partition, Instant at) {
    switch (event.getEventCase()) {
      case STARTED -> {
        RunStarted started = event.getStarted();
        if (isKey(key, started.getRunId())
            && RunFold.check(started).isEmpty()
            && EventTimes.unusable(started) == null) {
          partitions.putIfAbsent(started.getRunId(), partition);
          update(started.getRunId(), entry -> started(entry, started, at));
        }
      }
      case ENDED -> {
        RunEnded ended = event.getEnded();
        if (isKey(key, ended.getRunId()) && EventTimes.unusable(ended) == null) {
          update(ended.getRunId(), entry -> entry.with(ended, at));
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

  private static boolean isKey(byte @Nullable [] key, String runId) {
    return key != null && Arrays.equals(key, runId.getBytes(StandardCharsets.UTF_8));
  }

  private void update(String runId, UnaryOperator<RunEntry> change) {
    if (!runId.isEmpty()) {
      runs.compute(runId, (id, entry) -> change.apply(entry == null ? RunEntry.unseen(id) : entry));
    }
  }

  private static Instant startedAt(RunEntry entry) {
    var started = entry.started();
    return started == null || !started.hasStartedAt()
        ? Instant.EPOCH
        : Instant.ofEpochSecond(
            started.getStartedAt().getSeconds(), started.getStartedAt().getNanos());
  }
}
