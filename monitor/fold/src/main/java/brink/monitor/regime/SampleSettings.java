package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * How many samples a verdict takes.
 *
 * @param window The evidence is averaged over this many samples, an even number so that both phases
 *     of a period-two orbit weigh the same.
 * @param startSamples There is no verdict before this many samples, because the sharpness of a
 *     random start collapses within tens of steps.
 * @param calmSamples A run is stable after this many samples without oscillation below the edge;
 *     they are more than the window, so that nothing of the time before is left in the averages.
 */
public record SampleSettings(int window, int startSamples, int calmSamples) {
  private static final int WINDOW = 8;
  private static final int START_SAMPLES = 10;
  private static final int CALM_SAMPLES = 16;

  /** Refuses what makes no sense. */
  public SampleSettings {
    Allowed.even("window", window, DetectorSettings.MOST_SAMPLES);
    Allowed.wholeBetween("startSamples", startSamples, 1, DetectorSettings.MOST_SAMPLES);
    Allowed.wholeBetween("calmSamples", calmSamples, 1, DetectorSettings.MOST_SAMPLES);
  }

  /** The settings that the reasons above speak of. */
  static SampleSettings defaults() {
    return new SampleSettings(WINDOW, START_SAMPLES, CALM_SAMPLES);
  }
}
