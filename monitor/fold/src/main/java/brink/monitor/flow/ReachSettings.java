package brink.monitor.flow;

import brink.monitor.settings.Allowed;

/**
 * How far a measurement reaches.
 *
 * @param directReach A directly measured G² holds for this flow time; two of a fit's twelve bins
 *     would change it by less than 10 % for κ up to 2.
 * @param directionSpans A test of the direction is out of date after this many of its spans.
 * @param heldDrift The edge is not held, and there is nothing to fit, where |d ln s/dτ| is above
 *     this; it is half of what s drifts by without any oscillation.
 */
public record ReachSettings(double directReach, double directionSpans, double heldDrift) {
  private static final double DIRECT_REACH = 0.05;
  private static final double DIRECTION_SPANS = 2;
  private static final double HELD_DRIFT = 1;

  /** Refuses what makes no sense. */
  public ReachSettings {
    Allowed.from("directReach", directReach, 0);
    Allowed.from("directionSpans", directionSpans, 0);
    Allowed.from("heldDrift", heldDrift, 0);
  }

  /** The settings that the reasons above speak of. */
  static ReachSettings defaults() {
    return new ReachSettings(DIRECT_REACH, DIRECTION_SPANS, HELD_DRIFT);
  }
}
