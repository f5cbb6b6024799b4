package brink.monitor.cli;

import brink.monitor.catalogue.TopicReader;
import brink.monitor.replay.MonitorProgress;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Whether a monitor works on the runs, and how far it is behind. */
final class MonitorCheck {
  /** A monitor commits every tenth of a second: what waits longer than this waits for nobody. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private MonitorCheck() {}

  static List<Finding> of(KafkaSettings settings, String applicationId, InstantSource clock) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        MonitorProgress.committed(settings, applicationId);
    if (committed.isEmpty()) {
      return List.of(
          Finding.warn(
              "monitor",
              "none of id %s has ever worked here; start ./brink monitor"
                  .formatted(applicationId)));
    }
    Waiting waiting = waiting(settings, committed);
    if (waiting.records() == 0) {
      return List.of(Finding.ok("monitor", "has seen every record"));
    }
    Duration age = Duration.between(waiting.oldest(), clock.instant());
    String text =
        "%d records wait, the oldest for %d s".formatted(waiting.records(), age.toSeconds());
    return List.of(
        age.compareTo(PATIENCE) < 0
            ? Finding.ok("monitor", text)
            : Finding.fail("monitor", text + "; start ./brink monitor, or read its log"));
  }

  private static Waiting waiting(
      KafkaSettings settings, Map<TopicPartition, OffsetAndMetadata> committed) {
    try (TopicReader reader = TopicReader.open(settings, Topic.RUNS, Topic.STEPS)) {
      Map<TopicPartition, Long> next = new HashMap<>();
      committed.forEach((partition, offset) -> next.put(partition, offset.offset()));
      reader.seekTo(next);
      Tally tally = new Tally();
      reader.readToEnd(tally::count);
      return new Waiting(tally.records, Instant.ofEpochMilli(tally.oldest));
    }
  }

  private record Waiting(long records, Instant oldest) {}

  private static final class Tally {
    private long records;
    private long oldest = Long.MAX_VALUE;

    void count(ConsumerRecord<byte[], byte[]> record) {
      records++;
      oldest = Math.min(oldest, record.timestamp());
    }
  }
}
