package brink.monitor.replay;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.BrinkSerdes;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Re-reads a run from Kafka through the production topology into fresh state.
 *
 * <p>A run is always replayed from its start, because a verdict depends on all steps before it; a
 * {@link StepRange} only chooses which verdicts to look at.
 */
public final class Replay {
  /** Producers' clocks may run apart by this much and the steps are still found. */
  private static final Duration CLOCK_MARGIN = Duration.ofHours(1);

  private final KafkaSettings kafka;

  /** Replays from this Kafka. */
  public Replay(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * Replays the run as far as it is recorded now.
   *
   * @throws NoSuchElementException if no record of brink.runs belongs to the run
   * @throws brink.schemas.KafkaSetupException if Kafka cannot be read
   */
  public Replayed replay(String runId) {
    try (ReplaySession session = new ReplaySession(runId)) {
      StepTopic.read(kafka, start(session, runId) - CLOCK_MARGIN.toMillis(), session::step);
      return session.finish();
    }
  }

  /**
   * Compares a replay with what the monitor recorded.
   *
   * @param applicationId the monitor's
   */
  public Verification verify(Replayed replayed, StepRange range, String applicationId) {
    // In this order: what is committed by now is visible in brink.regimes below.
    long behind =
        MonitorProgress.behind(
            MonitorProgress.committed(kafka, applicationId), replayed.lastOffsets());
    return Verification.compare(
        range.of(recorded(replayed.runId())), range.of(replayed.changes()), behind);
  }

  private long start(ReplaySession session, String runId) {
    List<ConsumerRecord<byte[], byte[]>> life = new ArrayList<>();
    try (TopicReader reader = TopicReader.open(kafka, Topic.RUNS)) {
      reader.readToEnd(
          record -> {
            if (session.concerns(record)) {
              life.add(record);
            }
          });
    }
    life.forEach(session::life);
    return life.stream()
        .mapToLong(ConsumerRecord::timestamp)
        .min()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no run has the id '%s'; ./brink runs lists them".formatted(runId)));
  }

  private List<RegimeChanged> recorded(String runId) {
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    Deserializer<RegimeChanged> values = BrinkSerdes.regimes().deserializer();
    List<RegimeChanged> recorded = new ArrayList<>();
    try (TopicReader reader = TopicReader.open(kafka, Topic.REGIMES)) {
      reader.readToEnd(
          record -> {
            if (Arrays.equals(record.key(), key)) {
              recorded.add(values.deserialize(record.topic(), record.headers(), record.value()));
            }
          });
    }
    return recorded;
  }
}
