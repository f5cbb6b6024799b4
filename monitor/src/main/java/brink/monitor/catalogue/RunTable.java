package brink.monitor.catalogue;

import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.RunEvent;
import java.time.Instant;
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
  private final Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
  private final Deserializer<RegimeChanged> regimes = BrinkSerdes.regimes().deserializer();
  private final Deserializer<FlowFitted> flows = BrinkSerdes.flow().deserializer();

  /** Takes a record of brink.runs, brink.regimes or brink.flow; what cannot be read is skipped. */
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

  /** Newest first. */
  List<RunEntry> all() {
    return runs.values().stream()
        .sorted(Comparator.comparing(RunTable::startedAt).reversed().thenComparing(RunEntry::runId))
        .toList();
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Instant at) {
    String topic = record.topic();
    if (topic.equals(Topic.RUNS.topicName())) {
      read(events.deserialize(topic, record.headers(), record.value()), at);
    } else if (topic.equals(Topic.REGIMES.topicName())) {
      RegimeChanged change = regimes.deserialize(topic, record.headers(), record.value());
      update(change.getRunId(), entry -> entry.with(change, at));
    } else if (topic.equals(Topic.FLOW.topicName())) {
      FlowFitted flow = flows.deserialize(topic, record.headers(), record.value());
      update(flow.getRunId(), entry -> entry.with(flow, at));
    }
  }

  private void read(RunEvent event, Instant at) {
    switch (event.getEventCase()) {
      case STARTED ->
          update(
              event.getStarted().getRunId(),
              // As the topology does: the first start counts.
              entry -> entry.started() == null ? entry.with(event.getStarted(), at) : entry);
      case ENDED -> update(event.getEnded().getRunId(), entry -> entry.with(event.getEnded(), at));
      case EVENT_NOT_SET -> {}
    }
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
