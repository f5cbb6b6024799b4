package brink.monitor.catalogue;

import brink.v1.Regime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs that are known. */
public interface RunDirectory {
  /** All runs, newest first. */
  List<RunEntry> runs();

  /** The run; null where none has this id. */
  @Nullable RunEntry run(String runId);

  /** Partition of brink.runs that has the run's first start; null where none is known. */
  default @Nullable Integer partitionOfStart(String runId) {
    return null;
  }

  /**
   * Offset in this partition of brink.flow that no fit of the run lies before; 0 where nothing is
   * known of that.
   */
  default long beginOfFits(String runId, int partition) {
    return 0;
  }

  /** When the run last came to each regime, by the clock of its producer; those it came to. */
  default Map<Regime, Instant> changedAt(String runId) {
    return Map.of();
  }

  /** The runs that are over, or silent, and were heard of since a time; in no order. */
  default List<RunEntry> quietSince(Instant time) {
    return runs().stream().filter(run -> run.isQuietSince(time)).toList();
  }

  /** What the run's newest steps say; null where none were seen here. */
  default @Nullable Vitals vitals(String runId) {
    return null;
  }
}
