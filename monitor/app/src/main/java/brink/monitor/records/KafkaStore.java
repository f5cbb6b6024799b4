package brink.monitor.records;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of a Kafka. A topic is read whole unless the time is known: a producer's clock says
 * nothing about where its records lie.
 *
 * @param settings how it is reached
 * @param since time of the first record of interest
 */
record KafkaStore(KafkaSettings settings, Instant since) implements RecordStore {
  @Override
  public void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    try (TopicReader reader = TopicReader.open(settings, Set.of(Topic.NOTES), topic)) {
      if (since.isAfter(Instant.EPOCH)) {
        reader.seekTo(since.toEpochMilli());
      }
      reader.readToEnd(action);
    }
  }

  @Override
  public Optional<KafkaSettings> kafka() {
    return Optional.of(settings);
  }
}
