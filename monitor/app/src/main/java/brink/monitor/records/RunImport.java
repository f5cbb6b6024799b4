package brink.monitor.records;

import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Brings the runs of a file into a Kafka: what their producers published, with its times. Verdicts
 * are not among it, since the monitor that watches this Kafka makes its own.
 */
public final class RunImport {
  /** What producers write, in the order in which a monitor has use for it. */
  private static final List<Topic> TOPICS = List.of(Topic.RUNS, Topic.STEPS, Topic.GRADIENTS);

  /** Records that may be under way. */
  private static final int UNCONFIRMED = 1_000;

  /** What the records' own time may lose until they arrive. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final KafkaSettings kafka;
  private final InstantSource clock;

  /** Into this Kafka. */
  public RunImport(KafkaSettings kafka, InstantSource clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * Publishes all runs of a file.
   *
   * @return number of records
   * @throws IllegalArgumentException if one of them is there already
   * @throws KafkaSetupException if Kafka cannot be reached, or refuses a record
   */
  public long publish(RunFile file) {
    requireNew(file.runIds());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    long[] records = new long[1];
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Topic topic : TOPICS) {
        file.read(
            topic,
            record -> {
              sent.add(producer.send(copy(topic, record)));
              records[0]++;
              if (sent.size() >= UNCONFIRMED) {
                confirm(sent);
              }
            });
        // A step is read after the start that it follows.
        confirm(sent);
      }
    } catch (KafkaException e) {
      throw failure(e);
    }
    return records[0];
  }

  private void requireNew(List<String> runIds) {
    Set<String> known =
        RunCatalogue.read(kafka).stream().map(RunEntry::runId).collect(Collectors.toSet());
    List<String> taken = runIds.stream().filter(known::contains).toList();
    if (!taken.isEmpty()) {
      throw new IllegalArgumentException(
          "there already: '%s'; nothing was imported".formatted(String.join("', '", taken)));
    }
  }

  // Topics refuse what their retention would delete at once: such a record has the time of today.
  private ProducerRecord<byte[], byte[]> copy(Topic topic, ConsumerRecord<byte[], byte[]> record) {
    Duration oldest = topic.oldest();
    long now = clock.millis();
    boolean tooOld = oldest != null && record.timestamp() < now - oldest.minus(MARGIN).toMillis();
    return new ProducerRecord<>(
        record.topic(),
        null,
        tooOld ? now : Math.min(record.timestamp(), now),
        record.key(),
        record.value(),
        record.headers());
  }

  private void confirm(List<Future<RecordMetadata>> sent) {
    try {
      for (Future<RecordMetadata> each : sent) {
        var _ = each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted; a part of the runs was imported", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
    sent.clear();
  }

  private KafkaSetupException failure(Throwable e) {
    return KafkaTrouble.exception(
        kafka, "write the runs", e, KafkaRight.ofAllTopics(AclOperation.WRITE));
  }
}
