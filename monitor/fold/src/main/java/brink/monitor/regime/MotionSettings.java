package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * When sharpness flows, and when it is at rest.
 *
 * @param restRate Sharpness is at rest when log λ₁ changes by less than this within a unit of flow
 *     time, by its trend and in all; 5 % is a G² of about 0.1.
 * @param flowRate Sharpness is no longer at rest when log λ₁ changes by more than this within a
 *     unit of flow time; it is twice restRate, so that regimes do not flap.
 * @param agreeingFits This many consecutive fits make a flow if their tests agree with it; twice as
 *     many with a test that fails end it.
 * @param untestedFits This many consecutive fits without any test of the flow end it; they take 0.2
 *     units of flow time, four spans of the test of the direction.
 */
public record MotionSettings(double restRate, double flowRate, int agreeingFits, int untestedFits) {
  private static final double REST_RATE = 0.05;
  private static final double FLOW_RATE = 0.1;
  private static final int AGREEING_FITS = 5;
  private static final int UNTESTED_FITS = 20;

  /** Refuses what makes no sense. */
  public MotionSettings {
    Allowed.from("restRate", restRate, 0);
    Allowed.from("flowRate", flowRate, restRate);
    Allowed.wholeBetween("agreeingFits", agreeingFits, 1, DetectorSettings.MOST_SAMPLES);
    Allowed.wholeBetween("untestedFits", untestedFits, 1, DetectorSettings.MOST_SAMPLES);
  }

  /** The settings that the reasons above speak of. */
  static MotionSettings defaults() {
    return new MotionSettings(REST_RATE, FLOW_RATE, AGREEING_FITS, UNTESTED_FITS);
  }
}
