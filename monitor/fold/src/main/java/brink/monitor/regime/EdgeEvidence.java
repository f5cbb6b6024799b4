package brink.monitor.regime;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Page's cumulative sum (CUSUM, Biometrika 41, 1954) of {@link EdgeLikelihood}: what is left of the
 * evidence for the edge after all that has spoken against it. For independent steps below the edge
 * it passes a height h once in at least e^h of them (Lorden 1971). Where it left 0 for the last
 * time is the most likely change point.
 *
 * @param sum the evidence; 0 or more
 * @param start first step of the present excursion; −1 while there is none
 * @param before last step at which the change cannot have been yet: an excursion that began after
 *     it is less likely than the present one by no more than a 95 % interval allows; −1 if there
 *     was none
 * @param deficit by how much it is less likely
 */
record EdgeEvidence(double sum, long start, long before, double deficit) {
  static final EdgeEvidence NONE = new EdgeEvidence(0, -1, -1, 0);

  /** Half of the 95 % point of χ² with one degree of freedom. */
  private static final double INTERVAL = 1.92;

  /** With one more step. */
  EdgeEvidence with(long step, double evidence) {
    double next = sum + evidence;
    if (next > 0) {
      return new EdgeEvidence(next, start < 0 ? step : start, before, deficit);
    }
    return deficit - next > INTERVAL
        ? without(step)
        : new EdgeEvidence(0, -1, before, deficit - next);
  }

  /** With a step at rest, where nothing oscillates. */
  EdgeEvidence without(long step) {
    return new EdgeEvidence(0, -1, step, 0);
  }

  void write(StateWriter out) {
    out.put(sum).put(start).put(before).put(deficit);
  }

  static EdgeEvidence read(StateReader in) {
    return new EdgeEvidence(in.getDouble(), in.getLong(), in.getLong(), in.getDouble());
  }
}
