package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * Where the edge is, and when it is left.
 *
 * @param edgeRatio An edge has at least this stability ratio; deep nets wander between 0.95 and
 *     1.3.
 * @param leaveRatio The edge is left after calmSamples below this stability ratio; an onset that
 *     overshoots to 1.25 swings back no farther.
 * @param leaveTime The edge is left after this long without oscillation where s is above leaveRatio
 *     or not measured, in units of 1/√η_in steps; after an onset the oscillation swells and dies
 *     with a period of 4 such units (300 steps at η_in = 2e-4, 450 at 5e-5).
 * @param leaveSteps The edge is left after this many steps without oscillation at the latest,
 *     because leaveTime has no bound without weight decay.
 * @param startEdgeRatio A run that begins at the edge has at most this stability ratio; onsets
 *     overshoot to 1.45, and random starts go beyond.
 */
public record EdgeSettings(
    double edgeRatio,
    double leaveRatio,
    double leaveTime,
    double leaveSteps,
    double startEdgeRatio) {
  private static final double EDGE_RATIO = 0.9;
  private static final double LEAVE_RATIO = 0.75;
  private static final double LEAVE_TIME = 10;
  private static final double LEAVE_STEPS = 20_000;
  private static final double START_EDGE_RATIO = 1.6;

  /** Refuses what makes no sense. */
  public EdgeSettings {
    Allowed.between("edgeRatio", edgeRatio, 0, 1);
    Allowed.between("leaveRatio", leaveRatio, 0, edgeRatio);
    Allowed.from("leaveTime", leaveTime, 0);
    Allowed.from("leaveSteps", leaveSteps, 0);
    Allowed.from("startEdgeRatio", startEdgeRatio, 1);
  }

  /** The settings that the reasons above speak of. */
  static EdgeSettings defaults() {
    return new EdgeSettings(EDGE_RATIO, LEAVE_RATIO, LEAVE_TIME, LEAVE_STEPS, START_EDGE_RATIO);
  }
}
