package brink.trainer.publish;

import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Settles which of several trainers has a run id when all of them found it free and published their
 * starts: the one whose start has the lowest offset.
 *
 * <p>Records of one key lie in one partition, which has one order for all readers, and a start is
 * looked at after Kafka has acknowledged it. So everyone sees every earlier start, and exactly one
 * sees none. The monitor, too, lets the first start count and rejects the others; a trainer that
 * gives way here has published no step, and must not publish an end. Partitions that are added
 * between two starts are the one way around this.
 */
public final class RunIdClaim {
  private RunIdClaim() {}

  /**
   * Gives way to a trainer that published under this id first.
   *
   * @param start what Kafka said of this trainer's start of the run
   * @throws RunIdTakenException if another record of the run is before it
   * @throws KafkaSetupException if Kafka cannot be read
   */
  public static void requireFirst(KafkaSettings kafka, String runId, RecordMetadata start) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(allRecords(kafka), bytes, bytes)) {
      requireFirst(consumer, runId, start);
    } catch (KafkaException e) {
      throw KafkaTrouble.exception(
          kafka,
          "tell whether run %s is the first of its id".formatted(runId),
          e,
          KafkaRight.of(AclOperation.READ, Topic.RUNS));
    }
  }

  /** Committed or not: a transaction that is open must not hold the start up. */
  private static Map<String, Object> allRecords(KafkaSettings kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.consumer());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    return settings;
  }

  static void requireFirst(Consumer<byte[], byte[]> consumer, String runId, RecordMetadata start) {
    OptionalLong earlier = earlier(consumer, runId, start);
    if (earlier.isPresent()) {
      throw new RunIdTakenException(
          "run %s: another trainer started a run of this id at the same time and was first (offset %d of %s-%d, this one has %d); nothing of this one counts, start it with another --run-id"
              .formatted(
                  runId, earlier.getAsLong(), start.topic(), start.partition(), start.offset()));
    }
  }

  private static OptionalLong earlier(
      Consumer<byte[], byte[]> consumer, String runId, RecordMetadata start) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    TopicPartition partition = new TopicPartition(start.topic(), start.partition());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    while (consumer.position(partition) < start.offset()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PublishedSteps.POLL)) {
        if (record.offset() < start.offset() && Arrays.equals(record.key(), key)) {
          return OptionalLong.of(record.offset());
        }
      }
    }
    return OptionalLong.empty();
  }
}
