package brink.monitor.replay;

import brink.monitor.topology.ClusterView;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * The cluster as the replay of one partition sees it: everything is read, and starts are where they
 * were read.
 *
 * @param partition number of the partition
 * @param starts partition of each run's first record of {@code brink.runs}; grows while records are
 *     read
 */
record RecordedPlaces(int partition, Map<String, Integer> starts) implements ClusterView {
  @Override
  public int partition(int number) {
    return partition;
  }

  @Override
  public CompletableFuture<Reach> look(TopicPartition partition, long position) {
    return ALL_READ.look(partition, position);
  }

  @Override
  public OptionalInt partitionOfStart(String runId) {
    Integer start = starts.get(runId);
    return start == null ? OptionalInt.empty() : OptionalInt.of(start);
  }

  /** A replay goes partition by partition, and judges each by itself. */
  @Override
  public void reportScattered(String runId, int partition) {}

  @Override
  public OptionalInt scattered(String runId) {
    return OptionalInt.empty();
  }
}
