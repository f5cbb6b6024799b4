package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * What is beyond the edge and irregular.
 *
 * @param chaosPatience A run is chaotic that has neither a first verdict nor landed from a catapult
 *     after this many samples while s stays above 1; the sharpness of a random start collapses, and
 *     a catapult lands, within tens of steps.
 * @param chaosShare A run is chaotic only if s is above 1 in more than this share of its newest
 *     samples; runs that are thrown off in regular turns have it in a tenth of them.
 * @param throwMemory A throw off the edge counts for e^(−age/throwMemory), age in samples.
 * @param mostThrows A run is chaotic whose throws, counted so, are more than this, which is a throw
 *     in every hundred samples in the long run; ReLU networks with an edge between their throws had
 *     at most one in every 130.
 */
public record ChaosSettings(
    int chaosPatience, double chaosShare, double throwMemory, double mostThrows) {
  private static final int CHAOS_PATIENCE = 128;
  private static final double CHAOS_SHARE = 0.5;
  private static final double THROW_MEMORY = 256;
  private static final double MOST_THROWS = 3;

  /** Refuses what makes no sense. */
  public ChaosSettings {
    Allowed.wholeBetween("chaosPatience", chaosPatience, 1, DetectorSettings.MOST_SAMPLES);
    Allowed.between("chaosShare", chaosShare, 0, 1);
    Allowed.from("throwMemory", throwMemory, 1);
    Allowed.from("mostThrows", mostThrows, 1);
  }

  /** The settings that the reasons above speak of. */
  static ChaosSettings defaults() {
    return new ChaosSettings(CHAOS_PATIENCE, CHAOS_SHARE, THROW_MEMORY, MOST_THROWS);
  }
}
