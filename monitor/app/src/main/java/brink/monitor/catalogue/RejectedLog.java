package brink.monitor.catalogue;

import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.Rejected;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The newest records of brink.rejected, in short. They are read when somebody asks, from where the
 * last one stopped.
 */
public final class RejectedLog implements RejectedDirectory, AutoCloseable {
  /** Of each partition; they may be some MiB each, and are read once. */
  private static final int KEPT = 1_000;

  private final KafkaSettings kafka;
  private final Deserializer<Rejected> values = BrinkSerdes.rejected().deserializer();
  private final Map<Integer, Deque<RejectedEntry>> partitions = new HashMap<>();
  private @Nullable TopicReader reader;

  /** A log that connects to Kafka when it is asked for the first time. */
  public RejectedLog(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  @Override
  public synchronized List<RejectedEntry> newest() {
    connected().readToEnd(this::take);
    List<RejectedEntry> all = new ArrayList<>();
    partitions.values().forEach(all::addAll);
    all.sort(
        Comparator.comparingLong(RejectedEntry::at)
            .thenComparingLong(entry -> entry.rejected().getOffset())
            .reversed());
    return all;
  }

  @Override
  public synchronized void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private TopicReader connected() {
    TopicReader open = reader;
    if (open == null) {
      open = TopicReader.open(kafka, Topic.REJECTED);
      open.seekBeforeEnd(KEPT);
      reader = open;
    }
    return open;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    RecordedMessage.of(values, record)
        .ifPresent(
            rejected -> {
              Deque<RejectedEntry> kept =
                  partitions.computeIfAbsent(record.partition(), _ -> new ArrayDeque<>());
              kept.add(RejectedEntry.of(record.timestamp(), rejected));
              if (kept.size() > KEPT) {
                kept.removeFirst();
              }
            });
  }
}
