package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * When a run has diverged, and when it is back.
 *
 * @param explosionFactor A loss that exceeds the run's first one, or 1 if that is larger, by this
 *     factor is an explosion.
 * @param explosionSamples An explosion lasts at least this many samples; a catapult comes back
 *     within tens of steps.
 * @param resumeSamples A divergence ends after this many finite samples, so that a single one does
 *     not end it.
 */
public record ExplosionSettings(double explosionFactor, int explosionSamples, int resumeSamples) {
  private static final double EXPLOSION_FACTOR = 1000;
  private static final int EXPLOSION_SAMPLES = 100;
  private static final int RESUME_SAMPLES = 10;

  /** Refuses what makes no sense. */
  public ExplosionSettings {
    Allowed.from("explosionFactor", explosionFactor, 1);
    Allowed.wholeBetween("explosionSamples", explosionSamples, 1, DetectorSettings.MOST_SAMPLES);
    Allowed.wholeBetween("resumeSamples", resumeSamples, 1, DetectorSettings.MOST_SAMPLES);
  }

  /** The settings that the reasons above speak of. */
  static ExplosionSettings defaults() {
    return new ExplosionSettings(EXPLOSION_FACTOR, EXPLOSION_SAMPLES, RESUME_SAMPLES);
  }
}
