package brink.monitor.replay;

import brink.v1.RegimeChanged;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regime change under two settings.
 *
 * @param baseline null where only the other settings have it
 * @param changed null where only the baseline has it
 */
public record AlignedChange(@Nullable RegimeChanged baseline, @Nullable RegimeChanged changed) {
  /** More than any sum of shifts: as many pairs as possible come first. */
  private static final long PAIR = 1L << 40;

  /** Whether both have it, with the same regimes, steps and intervals; the evidence may differ. */
  public boolean isSame() {
    return baseline != null && changed != null && verdict(baseline).equals(verdict(changed));
  }

  /** Steps by which the changed settings see it later; null where only one of them sees it. */
  public @Nullable Long shift() {
    return baseline == null || changed == null
        ? null
        : (Long) (changed.getDetectedAtStep() - baseline.getDetectedAtStep());
  }

  /**
   * Pairs the changes into the same regimes, keeping the order of both: as many as possible, and
   * among those with the smallest shifts. O(n·m) in time and memory.
   */
  static List<AlignedChange> align(List<RegimeChanged> baseline, List<RegimeChanged> changed) {
    long[][] best = new long[baseline.size() + 1][changed.size() + 1];
    for (int i = 1; i <= baseline.size(); i++) {
      for (int j = 1; j <= changed.size(); j++) {
        long single = Math.max(best[i - 1][j], best[i][j - 1]);
        long pair = score(baseline.get(i - 1), changed.get(j - 1));
        best[i][j] = pair == 0 ? single : Math.max(single, best[i - 1][j - 1] + pair);
      }
    }
    return trace(best, baseline, changed);
  }

  private static List<AlignedChange> trace(
      long[][] best, List<RegimeChanged> baseline, List<RegimeChanged> changed) {
    Deque<AlignedChange> rows = new ArrayDeque<>();
    int i = baseline.size();
    int j = changed.size();
    while (i > 0 || j > 0) {
      boolean leftAlone = i > 0 && best[i][j] == best[i - 1][j];
      boolean rightAlone = j > 0 && best[i][j] == best[i][j - 1];
      if (leftAlone && rightAlone) {
        leftAlone = step(baseline, i) >= step(changed, j);
        rightAlone = !leftAlone;
      }
      rows.addFirst(
          new AlignedChange(
              rightAlone ? null : baseline.get(--i), leftAlone ? null : changed.get(--j)));
    }
    return List.copyOf(rows);
  }

  private static long step(List<RegimeChanged> changes, int count) {
    return changes.get(count - 1).getDetectedAtStep();
  }

  private static long score(RegimeChanged left, RegimeChanged right) {
    if (left.getTo() != right.getTo()) {
      return 0;
    }
    return PAIR
        - Math.min(PAIR - 1, Math.abs(left.getDetectedAtStep() - right.getDetectedAtStep()));
  }

  private static RegimeChanged verdict(RegimeChanged change) {
    return change.toBuilder().clearEvidence().clearDetectorVersion().build();
  }
}
