package brink.monitor.cli;

import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.replay.StepTopic;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** The steps of one run as they stand in Kafka: all of them, in the order of the topic. */
final class RecordedSteps {
  /** Producers' clocks may differ from the brokers' by this much. */
  private static final Duration CLOCK_MARGIN = Duration.ofHours(1);

  private final KafkaSettings kafka;
  private final byte[] key;
  private final long since;

  private RecordedSteps(KafkaSettings kafka, String runId, long since) {
    this.kafka = kafka;
    this.key = runId.getBytes(StandardCharsets.UTF_8);
    this.since = since;
  }

  /**
   * The steps of a run.
   *
   * @throws NoSuchElementException if there is no such run
   */
  static RecordedSteps of(KafkaSettings kafka, String runId) {
    RunEntry run =
        RunCatalogue.read(kafka).stream()
            .filter(entry -> entry.runId().equals(runId))
            .findFirst()
            .orElseThrow(
                () ->
                    new NoSuchElementException(
                        "no run has the id '%s'; ./brink runs lists them".formatted(runId)));
    return new RecordedSteps(kafka, runId, since(run));
  }

  /** Hands over the steps one by one; records that cannot be read are in brink.rejected. */
  void forEach(Consumer<StepObserved> action) {
    Deserializer<StepObserved> values = BrinkSerdes.steps().deserializer();
    StepTopic.read(
        kafka,
        since,
        record -> {
          if (Arrays.equals(record.key(), key) && record.value() != null) {
            try {
              action.accept(values.deserialize(record.topic(), record.headers(), record.value()));
            } catch (SerializationException e) {
              // Not a step: the monitor keeps it in brink.rejected, whole.
            }
          }
        });
  }

  private static long since(RunEntry run) {
    return run.started() == null || !run.started().hasStartedAt()
        ? 0
        : Instant.ofEpochSecond(run.started().getStartedAt().getSeconds())
            .minus(CLOCK_MARGIN)
            .toEpochMilli();
  }
}
