package brink.monitor;

import brink.monitor.catalogue.PartitionEnds;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.topology.ClusterView;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as this process sees it.
 *
 * @param ends says how far partitions reach
 * @param catalogue knows where runs started
 * @param scatteredRuns runs whose steps were found where their start is not, and in which partition
 */
record LiveCluster(PartitionEnds ends, RunCatalogue catalogue, Map<String, Integer> scatteredRuns)
    implements ClusterView {
  LiveCluster(PartitionEnds ends, RunCatalogue catalogue) {
    this(ends, catalogue, new ConcurrentHashMap<>());
  }

  @Override
  public CompletableFuture<Reach> look(TopicPartition partition, long position) {
    return ends.look(partition, position);
  }

  @Override
  public OptionalInt partitionOfStart(String runId) {
    return optional(catalogue.partitionOfStart(runId));
  }

  @Override
  public void reportScattered(String runId, int partition) {
    scatteredRuns.put(runId, partition);
  }

  @Override
  public OptionalInt scattered(String runId) {
    return optional(scatteredRuns.get(runId));
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
