package brink.monitor.replay;

import brink.monitor.topology.WallClockVerdicts;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the recorded verdicts of a run are those of its replay, bit for bit. */
public sealed interface Verification {
  /**
   * All are the same.
   *
   * @param changes how many there are
   */
  record Same(int changes) implements Verification {}

  /**
   * All that are recorded are the same, and the monitor has not got to the others yet.
   *
   * @param recorded verdicts recorded
   * @param replayed verdicts of the replay
   * @param recordsBehind records of the run's partitions that the monitor has before it
   */
  record Behind(int recorded, int replayed, long recordsBehind) implements Verification {}

  /**
   * They differ.
   *
   * @param index number of the first that differs, from 0
   * @param recorded null where the record has no more
   * @param replayed null where the replay has no more
   */
  record Different(int index, @Nullable RegimeChanged recorded, @Nullable RegimeChanged replayed)
      implements Verification {}

  /**
   * Compares; verdicts of the wall clock are passed over: silence is the cluster's matter. So are
   * ends that were taken back: whether one was told before the steps came that belie it is a matter
   * of which topic was read first.
   *
   * @param recordsBehind records that the monitor had before it when {@code recorded} was read
   */
  static Verification compare(
      List<RegimeChanged> recorded, List<RegimeChanged> replayed, long recordsBehind) {
    List<RegimeChanged> left = ofTheFold(recorded);
    List<RegimeChanged> right = ofTheFold(replayed);
    int common = Math.min(left.size(), right.size());
    for (int i = 0; i < common; i++) {
      if (!left.get(i).toByteString().equals(right.get(i).toByteString())) {
        return new Different(i, left.get(i), right.get(i));
      }
    }
    if (left.size() == right.size()) {
      return new Same(common);
    }
    if (left.size() < right.size() && recordsBehind > 0) {
      return new Behind(left.size(), right.size(), recordsBehind);
    }
    return left.size() > common
        ? new Different(common, left.get(common), null)
        : new Different(common, null, right.get(common));
  }

  private static List<RegimeChanged> ofTheFold(List<RegimeChanged> changes) {
    List<RegimeChanged> kept = new ArrayList<>();
    for (RegimeChanged change : changes) {
      if (change.getEndTakenBack()) {
        dropEnd(kept, change.getTo());
      } else if (!WallClockVerdicts.isOne(change)) {
        kept.add(change);
      }
    }
    return kept;
  }

  /** Drops the last end, and the divergence that the producer reported with it. */
  private static void dropEnd(List<RegimeChanged> changes, Regime before) {
    if (!changes.isEmpty() && changes.getLast().getTo() == Regime.REGIME_ENDED) {
      Regime last = changes.removeLast().getFrom();
      if (last != before && !changes.isEmpty()) {
        changes.removeLast();
      }
    }
  }
}
