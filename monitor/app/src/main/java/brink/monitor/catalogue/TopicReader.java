package brink.monitor.catalogue;

import brink.monitor.intake.BoundedConsumer;
import brink.schemas.BootstrapServers;
import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads whole topics, committed records only, without a group: all partitions, raw bytes. For one
 * thread, but for {@link #wakeup}.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final KafkaSettings kafka;

  private TopicReader(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      KafkaSettings kafka) {
    this.consumer = consumer;
    this.partitions = partitions;
    this.kafka = kafka;
  }

  /**
   * Opens a reader at the beginning of the topics.
   *
   * @throws KafkaSetupException if Kafka cannot be reached or lacks the topics
   */
  public static TopicReader open(KafkaSettings kafka, Topic... topics) {
    return open(kafka, Set.of(), topics);
  }

  /**
   * Opens a reader at the beginning of the topics.
   *
   * @param optional those of them that an older cluster may lack
   * @throws KafkaSetupException if Kafka cannot be reached or lacks the others
   */
  public static TopicReader open(KafkaSettings kafka, Set<Topic> optional, Topic... topics) {
    BootstrapServers.requireListening(kafka);
    BoundedConsumer consumer;
    try {
      consumer = new BoundedConsumer(kafka.consumer());
    } catch (KafkaException e) {
      throw failure(kafka, topics[0].topicName(), e);
    }
    try {
      List<TopicPartition> partitions = partitions(consumer, kafka, optional, topics);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return new TopicReader(consumer, partitions, kafka);
    } catch (KafkaException e) {
      consumer.close();
      throw failure(kafka, topics[0].topicName(), e);
    } catch (KafkaSetupException e) {
      consumer.close();
      throw e;
    }
  }

  /** Goes on at the first record of each partition that is as young as this, or at the end. */
  public void seekTo(long timestamp) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, timestamp));
    guarded(
        () -> {
          Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
          for (TopicPartition partition : partitions) {
            OffsetAndTimestamp offset = found.get(partition);
            if (offset == null) {
              consumer.seekToEnd(List.of(partition));
            } else {
              consumer.seek(partition, offset.offset());
            }
          }
        });
  }

  /** Goes on at these offsets; partitions without one stay where they are. */
  public void seekTo(Map<TopicPartition, Long> offsets) {
    for (TopicPartition partition : partitions) {
      Long offset = offsets.get(partition);
      if (offset != null) {
        consumer.seek(partition, offset);
      }
    }
  }

  /** Goes on this many offsets before the end of each partition. */
  public void seekBeforeEnd(long count) {
    guarded(
        () -> {
          Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
          ends()
              .forEach(
                  (partition, end) ->
                      consumer.seek(
                          partition, Math.max(begins.getOrDefault(partition, 0L), end - count)));
        });
  }

  /** Hands over every record up to the end as it is now; records of one partition in order. */
  public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> ends = ends();
    guarded(
        () -> {
          while (!reached(ends)) {
            consumer
                .poll(POLL)
                .forEach(
                    record -> {
                      if (record.offset() < end(ends, record)) {
                        action.accept(record);
                      }
                    });
          }
        });
  }

  /** Hands over what comes within a short while; may be nothing. */
  public void poll(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    guarded(() -> consumer.poll(POLL).forEach(action));
  }

  /** End of every partition as it is now: the offset after the last committed record. */
  public Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    guarded(() -> ends.putAll(consumer.endOffsets(partitions)));
    return ends;
  }

  /** Records that the topics hold, about: markers of transactions count, too. */
  public long records() {
    long[] records = new long[1];
    guarded(
        () -> {
          Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
          ends()
              .forEach((partition, end) -> records[0] += end - begins.getOrDefault(partition, 0L));
        });
    return records[0];
  }

  /** Whether all records before these ends were handed over. */
  public boolean reached(Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (consumer.position(end.getKey()) < end.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Makes a poll that waits in another thread fail with {@link WakeupException}. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<byte[], byte[]> record) {
    return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaSettings kafka,
      Set<Topic> optional,
      Topic... topics) {
    Map<String, List<PartitionInfo>> known = consumer.listTopics();
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : topics) {
      Collection<PartitionInfo> infos = known.get(topic.topicName());
      if (infos == null && optional.contains(topic)) {
        continue;
      }
      if (infos == null) {
        // What a user may not see is not listed, but refused where it is asked for by its name.
        var _ = consumer.partitionsFor(topic.topicName());
        throw KafkaTrouble.missing(kafka, topic).exception(null);
      }
      infos.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    return partitions;
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      throw failure(kafka, partitions.getFirst().topic(), e);
    }
  }

  private static KafkaSetupException failure(
      KafkaSettings kafka, String topic, KafkaException cause) {
    return KafkaTrouble.exception(
        kafka, "read " + topic, cause, KafkaRight.of(AclOperation.READ, topic));
  }
}
