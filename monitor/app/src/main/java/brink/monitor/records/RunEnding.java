package brink.monitor.records;

import brink.monitor.catalogue.RecordedMessage;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.schemas.BrinkSerdes;
import brink.schemas.Instants;
import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.v1.RunEnded;
import brink.v1.RunEvent;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Ends a run in its trainer's place: one that was killed, or cut off from Kafka for good. */
public final class RunEnding {
  private final KafkaSettings kafka;
  private final InstantSource clock;

  /** Of runs in this Kafka. */
  public RunEnding(KafkaSettings kafka, InstantSource clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * The newest sign of life of a run.
   *
   * @param step its last step; null if it published none
   * @param at when Kafka had it
   */
  public record Trace(@Nullable Long step, Instant at) {
    /** How long ago that was. */
    public Duration age(InstantSource clock) {
      return Duration.between(at, clock.instant());
    }
  }

  /**
   * The run, if it has begun and not ended.
   *
   * @throws KafkaSetupException if Kafka cannot be read
   */
  public Optional<RunEntry> open(String runId) {
    return RunCatalogue.read(kafka).stream()
        .filter(run -> run.runId().equals(runId) && run.ended() == null && run.started() != null)
        .findFirst();
  }

  /** The run's newest sign of life. */
  public Trace trace(String runId) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    Deserializer<StepObserved> steps = BrinkSerdes.steps().deserializer();
    long[] last = {-1, 0};
    RecordStore.of(kafka)
        .read(
            Topic.STEPS,
            record -> {
              if (Arrays.equals(record.key(), key) && record.value() != null) {
                RecordedMessage.of(steps, record)
                    .ifPresent(
                        step -> {
                          last[0] = Math.max(last[0], step.getStep());
                          last[1] = Math.max(last[1], record.timestamp());
                        });
              }
            });
    return new Trace(last[0] < 0 ? null : (Long) last[0], Instant.ofEpochMilli(last[1]));
  }

  /**
   * Publishes the end.
   *
   * @param reason one sentence for people
   * @throws KafkaSetupException if Kafka does not take it
   */
  public void end(String runId, Trace trace, RunStatus status, String reason) {
    RunEnded.Builder ended =
        RunEnded.newBuilder()
            .setRunId(runId)
            .setStatus(status)
            .setReason(reason)
            .setEndedAt(Instants.toTimestamp(clock.instant()));
    if (trace.step() != null) {
      ended.setLastStep(trace.step());
    }
    RunEvent event = RunEvent.newBuilder().setEnded(ended).build();
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      var _ = producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), runId, event)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted; the run may have been ended", e);
    } catch (ExecutionException e) {
      throw KafkaTrouble.exception(
          kafka, "write the end", e, KafkaRight.of(AclOperation.WRITE, Topic.RUNS));
    }
  }
}
