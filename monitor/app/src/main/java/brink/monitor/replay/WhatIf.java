package brink.monitor.replay;

import brink.v1.RegimeChanged;
import java.util.List;

/**
 * One run under two settings.
 *
 * @param baseline with the settings that its verdicts were recorded with
 * @param changed with others
 * @param changes the regime changes of both, aligned
 */
public record WhatIf(Replayed baseline, Replayed changed, List<AlignedChange> changes) {
  /** Compares; only changes that either saw in the range are kept. */
  static WhatIf of(Replayed baseline, Replayed changed, StepRange range) {
    List<AlignedChange> changes =
        AlignedChange.align(baseline.changes(), changed.changes()).stream()
            .filter(row -> range.holds(row.baseline()) || range.holds(row.changed()))
            .toList();
    return new WhatIf(baseline, changed, changes);
  }

  /** Whether all verdicts are the same. */
  public boolean isSame() {
    return changes.stream().allMatch(AlignedChange::isSame);
  }

  /**
   * How many changes of a replay an alert rule watches: those into EDGE, CATAPULT, CHAOTIC and
   * DIVERGED.
   */
  public static long alerting(Replayed replayed) {
    return replayed.changes().stream().filter(WhatIf::alerts).count();
  }

  private static boolean alerts(RegimeChanged change) {
    return switch (change.getTo()) {
      case REGIME_EDGE, REGIME_CATAPULT, REGIME_CHAOTIC, REGIME_DIVERGED -> true;
      default -> false;
    };
  }
}
