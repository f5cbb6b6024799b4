package brink.monitor.replay;

import brink.monitor.run.FoldSettings;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a run's records gave when they went through the topology once more.
 *
 * @param runId the run
 * @param settings of the fold
 * @param changes regime changes, in order; STALLED is not among them
 * @param fits states of the flow, in order
 * @param stays how long the run was in each regime, in the order of the regimes
 * @param rejected rejections, with the places that the records have in Kafka
 * @param records number of records
 * @param lastOffsets the run's last record in each partition
 * @param missing which steps are not there that the run had, in a sentence; null where none
 */
public record Replayed(
    String runId,
    FoldSettings settings,
    List<RegimeChanged> changes,
    List<FlowFitted> fits,
    Map<Regime, Stay> stays,
    List<Rejected> rejected,
    long records,
    Map<TopicPartition, Long> lastOffsets,
    @Nullable String missing) {
  public Replayed {
    changes = List.copyOf(changes);
    fits = List.copyOf(fits);
    stays = Collections.unmodifiableMap(new TreeMap<>(stays));
    rejected = List.copyOf(rejected);
    lastOffsets = Map.copyOf(lastOffsets);
  }
}
