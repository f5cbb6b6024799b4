package brink.trainer.publish;

import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How far Kafka holds a run.
 *
 * @param lastStep highest step of the run in brink.steps; empty if there is none
 * @param newest timestamp of the newest record of the run in brink.runs and brink.steps,
 *     milliseconds since 1970; 0 if there is none
 * @param resumptions how often the run went on, by brink.runs
 */
public record PublishedSteps(OptionalLong lastStep, long newest, int resumptions) {
  static final Duration POLL = Duration.ofMillis(200);

  /**
   * Looks for the run's last step, reading only those steps that are as young as the given time
   * where that suffices. Every partition is looked through: their number may have changed.
   *
   * @param since record timestamp of some published step, milliseconds since 1970
   * @throws KafkaSetupException if Kafka cannot be read
   */
  public static PublishedSteps find(KafkaSettings kafka, String runId, long since) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.consumer(), bytes, bytes)) {
      return find(consumer, runId, since);
    } catch (KafkaException e) {
      throw KafkaTrouble.exception(
          kafka,
          "tell how far run %s is published".formatted(runId),
          e,
          KafkaRight.of(AclOperation.READ, Topic.STEPS));
    }
  }

  /**
   * Whether brink.runs holds anything of a run.
   *
   * @throws KafkaSetupException if Kafka cannot be read
   */
  public static boolean anyOf(KafkaSettings kafka, String runId) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.consumer(), bytes, bytes)) {
      List<TopicPartition> partitions = partitions(consumer, Stream.of(Topic.RUNS));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return read(consumer, partitions, runId).newest > 0;
    } catch (KafkaException e) {
      throw KafkaTrouble.exception(
          kafka, "tell which runs there are", e, KafkaRight.of(AclOperation.READ, Topic.RUNS));
    }
  }

  private static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, Stream<Topic> topics) {
    return topics
        .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  static PublishedSteps find(Consumer<byte[], byte[]> consumer, String runId, long since) {
    List<TopicPartition> steps = partitions(consumer, Stream.of(Topic.STEPS));
    List<TopicPartition> partitions = partitions(consumer, Stream.of(Topic.RUNS, Topic.STEPS));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    seek(consumer, steps, since);
    PublishedSteps recent = read(consumer, partitions, runId);
    if (recent.lastStep.isPresent()) {
      return recent;
    }
    consumer.seekToBeginning(partitions);
    return read(consumer, partitions, runId);
  }

  private static void seek(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, long since) {
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> since)));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  private static PublishedSteps read(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, String runId) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    PublishedSteps found = new PublishedSteps(OptionalLong.empty(), 0, 0);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        found = Arrays.equals(record.key(), key) ? found.with(record) : found;
      }
    }
    return found;
  }

  private PublishedSteps with(ConsumerRecord<byte[], byte[]> record) {
    long newer = Math.max(newest, record.timestamp());
    if (record.value() == null) {
      return new PublishedSteps(lastStep, newer, resumptions);
    }
    try {
      if (record.topic().equals(Topic.STEPS.topicName())) {
        long step = StepObserved.parseFrom(record.value()).getStep();
        OptionalLong last = OptionalLong.of(Math.max(lastStep.orElse(-1), step));
        return new PublishedSteps(last, newer, resumptions);
      }
      int more = isResumption(RunEvent.parseFrom(record.value())) ? 1 : 0;
      return new PublishedSteps(lastStep, newer, resumptions + more);
    } catch (InvalidProtocolBufferException e) {
      // The monitor rejects it; it is nothing of the run.
      return new PublishedSteps(lastStep, newer, resumptions);
    }
  }

  private static boolean isResumption(RunEvent event) {
    RunStarted started = event.getStarted();
    return event.hasStarted()
        && started.hasResumedFrom()
        && started.getResumedFrom().getRunId().equals(started.getRunId());
  }
}
