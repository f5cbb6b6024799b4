package brink.monitor.replay;

import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a run's records gave when they went through the topology once more.
 *
 * @param runId the run
 * @param changes regime changes, in order; the wall clock's (STALLED) are not among them
 * @param flow last state of the flow; null where none was due
 * @param rejected rejections, with the places that the records have in Kafka
 * @param records number of records
 * @param lastOffsets the run's last record in each partition
 */
public record Replayed(
    String runId,
    List<RegimeChanged> changes,
    @Nullable FlowFitted flow,
    List<Rejected> rejected,
    long records,
    Map<TopicPartition, Long> lastOffsets) {
  public Replayed {
    changes = List.copyOf(changes);
    rejected = List.copyOf(rejected);
    lastOffsets = Map.copyOf(lastOffsets);
  }
}
