package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * What counts as a catapult, and what as an explosion.
 *
 * @param catapultNormFactor A catapult raises ‖w‖² above its latest low by this factor; at the edge
 *     it rises by a few per cent at most, and in catapults two to a hundred times.
 * @param catapultRatio A catapult on the sphere, where ‖w‖ is held, has at least this stability
 *     ratio; an onset overshoots to 1.45, and 5.7 was seen in a catapult.
 * @param catapultLossFactor A catapult on the sphere raises the loss above the average before it by
 *     this factor; thirtyfold was seen.
 * @param slowSamples What changes slowly is averaged over this many samples: the loss that a
 *     catapult on the sphere is measured against, which is long against its ten steps, and the
 *     jitter of sharpness. A source that has been silent for as many is given up.
 * @param explosion see there
 */
public record CatapultSettings(
    double catapultNormFactor,
    double catapultRatio,
    double catapultLossFactor,
    int slowSamples,
    ExplosionSettings explosion) {
  private static final double CATAPULT_NORM_FACTOR = 1.4;
  private static final double CATAPULT_RATIO = 2;
  private static final double CATAPULT_LOSS_FACTOR = 4;
  private static final int SLOW_SAMPLES = 64;

  /** Refuses what makes no sense. */
  public CatapultSettings {
    Allowed.from("catapultNormFactor", catapultNormFactor, 1);
    Allowed.from("catapultRatio", catapultRatio, 1);
    Allowed.from("catapultLossFactor", catapultLossFactor, 1);
    Allowed.wholeBetween("slowSamples", slowSamples, 1, DetectorSettings.MOST_SAMPLES);
  }

  /** The settings that the reasons above speak of. */
  static CatapultSettings defaults() {
    return new CatapultSettings(
        CATAPULT_NORM_FACTOR,
        CATAPULT_RATIO,
        CATAPULT_LOSS_FACTOR,
        SLOW_SAMPLES,
        ExplosionSettings.defaults());
  }
}
