package brink.bench.detection;

import java.util.List;

/**
 * What a run did, by {@link LabelRule}. Steps are indices into its {@link Trace}.
 *
 * @param episodes at the edge, in order
 * @param catapults steps at which one began
 */
record Label(List<Episode> episodes, List<Integer> catapults) {
  /** A verdict on an episode may come this many steps after its last one. */
  private static final int LATE = 10;

  /**
   * A time at the edge.
   *
   * @param crossing step at which s rose through 1 before it; −1 where that was not seen
   * @param onset first step of the oscillation
   * @param end last step of it
   */
  record Episode(int crossing, int onset, int end) {
    boolean holds(long step, int early) {
      return step >= onset - early && step <= end + LATE;
    }
  }

  long stepsAtTheEdge() {
    return episodes.stream().mapToLong(episode -> episode.end() - episode.onset() + 1L).sum();
  }
}
