package brink.trainer.publish;

import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Which runs Kafka knows by brink.runs, how each began and whether it is over. */
public final class PublishedRuns {
  private final SequencedMap<String, Published> runs = new LinkedHashMap<>();

  private PublishedRuns() {}

  /**
   * A run.
   *
   * @param started its first start
   * @param ended how its last life ended; null while it has not
   */
  public record Published(RunStarted started, @Nullable RunStatus ended) {}

  /**
   * Reads them.
   *
   * @throws KafkaSetupException if Kafka cannot be read
   */
  public static PublishedRuns of(KafkaSettings kafka) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.consumer(), bytes, bytes)) {
      return of(consumer);
    } catch (KafkaException e) {
      throw KafkaTrouble.exception(
          kafka, "tell which runs there are", e, KafkaRight.of(AclOperation.READ, Topic.RUNS));
    }
  }

  /** As these events tell, which are those of brink.runs, each run's in order. */
  public static PublishedRuns of(Iterable<RunEvent> events) {
    PublishedRuns runs = new PublishedRuns();
    events.forEach(event -> runs.take(runId(event), event));
    return runs;
  }

  static PublishedRuns of(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.RUNS.topicName()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    PublishedRuns runs = new PublishedRuns();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(PublishedSteps.POLL).forEach(runs::take);
    }
    return runs;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      RunEvent event = RunEvent.parseFrom(record.value());
      String runId = runId(event);
      if (Arrays.equals(record.key(), runId.getBytes(StandardCharsets.UTF_8))) {
        take(runId, event);
      }
    } catch (InvalidProtocolBufferException e) {
      // The monitor rejects it; it is nothing of a run.
    }
  }

  private static String runId(RunEvent event) {
    return event.hasStarted() ? event.getStarted().getRunId() : event.getEnded().getRunId();
  }

  private void take(String runId, RunEvent event) {
    Published known = runs.get(runId);
    switch (event.getEventCase()) {
      case STARTED ->
          runs.put(
              runId, new Published(known == null ? event.getStarted() : known.started(), null));
      case ENDED -> {
        if (known != null) {
          runs.put(runId, new Published(known.started(), event.getEnded().getStatus()));
        }
      }
      case EVENT_NOT_SET -> {}
    }
  }

  /** A run; empty if there is none of this id. */
  public Optional<Published> run(String runId) {
    return Optional.ofNullable(runs.get(runId));
  }

  /** The runs of a group that carry this tag, in the order in which they were read. */
  public List<Published> ofGroup(String group, String tag, String value) {
    return runs.values().stream()
        .filter(run -> run.started().getGroup().equals(group))
        .filter(run -> run.started().getTagsOrDefault(tag, "").equals(value))
        .toList();
  }
}
