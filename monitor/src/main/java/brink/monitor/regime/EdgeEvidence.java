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
 * @param before last step before it that said nothing for an edge; −1 if there was none
 */
record EdgeEvidence(double sum, long start, long before) {
  static final EdgeEvidence NONE = new EdgeEvidence(0, -1, -1);

  /** With one more step. */
  EdgeEvidence with(long step, double evidence) {
    double next = sum + evidence;
    return next > 0 ? new EdgeEvidence(next, start < 0 ? step : start, before) : without(step);
  }

  /** With a step at rest, where nothing oscillates. */
  EdgeEvidence without(long step) {
    return new EdgeEvidence(0, -1, step);
  }

  void write(StateWriter out) {
    out.put(sum).put(start).put(before);
  }

  static EdgeEvidence read(StateReader in) {
    return new EdgeEvidence(in.getDouble(), in.getLong(), in.getLong());
  }
}
