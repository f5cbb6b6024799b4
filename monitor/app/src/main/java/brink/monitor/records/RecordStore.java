package brink.monitor.records;

import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records of runs lie. */
public interface RecordStore {
  /**
   * Hands over every record of a topic as it is now; those of one partition in order.
   *
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   * @throws java.io.UncheckedIOException if a file cannot be read
   */
  void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> action);

  /** The Kafka that it is, in which a monitor may be at work; empty for a file. */
  default Optional<KafkaSettings> kafka() {
    return Optional.empty();
  }

  /** The records of a Kafka. */
  static RecordStore of(KafkaSettings kafka) {
    return since(kafka, Instant.EPOCH);
  }

  /**
   * The records of a Kafka, but for those that are older.
   *
   * @param first not later than the first record of interest
   */
  static RecordStore since(KafkaSettings kafka, Instant first) {
    return new KafkaStore(kafka, first);
  }
}
