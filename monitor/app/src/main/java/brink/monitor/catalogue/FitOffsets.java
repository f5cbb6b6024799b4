package brink.monitor.catalogue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the fits of each run begin in brink.flow, by the offsets of its records, which were read
 * from the beginning of each partition on. Safe for use by several threads.
 */
final class FitOffsets {
  private final int mostRuns;
  private final Map<String, Place> firsts = new LinkedHashMap<>();
  private final Map<Integer, Long> read = new HashMap<>();

  /** Whether a run was left out, so that one that is not there may have fits all the same. */
  private boolean forgot;

  /** None so far, and never those of more runs than this. */
  FitOffsets(int mostRuns) {
    this.mostRuns = mostRuns;
  }

  /** Takes note of a fit; those of a partition come in its order. */
  synchronized void take(String runId, int partition, long offset) {
    firsts.putIfAbsent(runId, new Place(partition, offset));
    read.merge(partition, offset + 1, Math::max);
    if (firsts.size() > mostRuns) {
      firsts.remove(firsts.keySet().iterator().next());
      forgot = true;
    }
  }

  /**
   * Offset in the partition that no fit of the run lies before: that of its first fit, or of what
   * was not read yet where it has none so far.
   */
  synchronized long beginOf(String runId, int partition) {
    Place first = firsts.get(runId);
    if (first != null) {
      return first.partition() == partition ? first.offset() : 0;
    }
    return forgot ? 0 : read.getOrDefault(partition, 0L);
  }

  private record Place(int partition, long offset) {}
}
