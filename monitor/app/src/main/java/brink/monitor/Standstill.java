package brink.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of which records were read and none was done with for a while: a stream thread hangs,
 * or Kafka takes no commit. It looks when it is asked. Safe for use by several threads.
 */
final class Standstill {
  /** A commit comes every tenth of a second; a broker may be away for a while. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Map<TopicPartition, Since> waiting = new HashMap<>();

  /** A committed offset with records after it, and since when that is so. */
  private record Since(long committed, Instant time) {}

  /**
   * How far one partition is.
   *
   * @param committed next record to be done; −1 for none yet
   * @param read newest record that was read; −1 for none
   */
  record Position(long committed, long read) {}

  Standstill(InstantSource clock) {
    this.clock = clock;
  }

  /** What stands still, in one sentence; null for nothing. */
  @Nullable String problem(Set<ThreadMetadata> threads) {
    Map<TopicPartition, Position> positions = new HashMap<>();
    for (ThreadMetadata thread : threads) {
      for (TaskMetadata task : thread.activeTasks()) {
        for (TopicPartition partition : task.topicPartitions()) {
          positions.put(
              partition,
              new Position(
                  task.committedOffsets().getOrDefault(partition, -1L),
                  task.endOffsets().getOrDefault(partition, -1L)));
        }
      }
    }
    return problem(positions);
  }

  synchronized @Nullable String problem(Map<TopicPartition, Position> positions) {
    Instant now = clock.instant();
    waiting.keySet().retainAll(positions.keySet());
    String problem = null;
    for (Map.Entry<TopicPartition, Position> entry : positions.entrySet()) {
      Position position = entry.getValue();
      TopicPartition partition = entry.getKey();
      if (position.read() < Math.max(0, position.committed())) {
        waiting.remove(partition);
        continue;
      }
      Since since = waiting.get(partition);
      if (since == null || since.committed() != position.committed()) {
        waiting.put(partition, new Since(position.committed(), now));
      } else if (!now.isBefore(since.time().plus(PATIENCE))) {
        problem =
            "records of %s wait, and none was done with for %d s; read the log, and restart the monitor if it does not say why"
                .formatted(partition, Duration.between(since.time(), now).toSeconds());
      }
    }
    return problem;
  }
}
