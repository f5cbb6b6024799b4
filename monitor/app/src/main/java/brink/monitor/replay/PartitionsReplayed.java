package brink.monitor.replay;

import brink.monitor.catalogue.RecordedMessage;
import brink.monitor.records.RecordStore;
import brink.monitor.run.FoldSettings;
import brink.monitor.topology.RunObserver;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.RunEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What whole partitions gave when they went through the topology once more, all runs together.
 *
 * @param changes regime changes by run id, in order; STALLED is not among them
 * @param lastOffsets last record in each partition
 */
record PartitionsReplayed(
    Map<String, List<RegimeChanged>> changes, Map<TopicPartition, Long> lastOffsets) {
  private static final long TOLD_EVERY = 100_000;

  /** Replays every record of brink.runs and brink.steps that is there now. */
  static PartitionsReplayed of(
      RecordStore store, FoldSettings settings, Consumer<String> progress) {
    Map<Integer, TopologyExecutor> partitions = new HashMap<>();
    Map<TopicPartition, Long> lastOffsets = new HashMap<>();
    Map<String, Integer> starts = new HashMap<>();
    Deserializer<RunEvent> events = BrinkSerdes.runs().deserializer();
    try {
      for (Topic topic : List.of(Topic.RUNS, Topic.STEPS)) {
        long[] read = new long[1];
        store.read(
            topic,
            record -> {
              if (topic == Topic.RUNS && isStart(events, record)) {
                starts.putIfAbsent(
                    new String(record.key(), StandardCharsets.UTF_8), record.partition());
              }
              lastOffsets.put(
                  new TopicPartition(record.topic(), record.partition()), record.offset());
              partitions
                  .computeIfAbsent(
                      record.partition(),
                      partition ->
                          new TopologyExecutor(
                              settings, RunObserver.NONE, new RecordedPlaces(partition, starts)))
                  .process(record);
              if (++read[0] % TOLD_EVERY == 0) {
                progress.accept(
                    String.format(Locale.ROOT, "%,d records of %s", read[0], topic.topicName()));
              }
            });
      }
      return new PartitionsReplayed(changes(partitions), lastOffsets);
    } finally {
      partitions.values().forEach(TopologyExecutor::close);
    }
  }

  List<RegimeChanged> changes(String runId) {
    return changes.getOrDefault(runId, List.of());
  }

  private static Map<String, List<RegimeChanged>> changes(
      Map<Integer, TopologyExecutor> partitions) {
    Map<String, List<RegimeChanged>> changes = new HashMap<>();
    for (TopologyExecutor partition : partitions.values()) {
      partition.finish();
      for (RegimeChanged change : partition.changes()) {
        changes.computeIfAbsent(change.getRunId(), _ -> new ArrayList<>()).add(change);
      }
    }
    return changes;
  }

  private static boolean isStart(
      Deserializer<RunEvent> events, ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return false;
    }
    return RecordedMessage.of(events, record).filter(RunEvent::hasStarted).isPresent();
  }
}
