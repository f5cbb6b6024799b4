package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * What counts as an oscillation.
 *
 * @param oscillationCosine Successive gradients count as alternating below this cosine; −0.98 ±
 *     0.01 was seen at the edge, and 0 to 0.9 before it.
 * @param quietCosine Successive gradients no longer count as alternating above this cosine; its
 *     distance from oscillationCosine is the hysteresis.
 * @param oscillationShare An oscillation has at least this α²/(2η_in) where no cosine is published,
 *     because the level of α² is then the only witness; the flow's is 4/(4 + G²), so 0.01 admits G²
 *     up to 396.
 * @param oscillationFloor An oscillation has at least this α², in rad²; at η_in = 1e-6 the flow's
 *     is larger up to a G² of 8·10⁶, and 1.5·10⁵ was seen.
 * @param noiseFactor A step is more than noise when its angle exceeds that of the gradient's
 *     rounding by this factor; just below s = 1, noise along the top eigenvector alternates and is
 *     held up by a factor of (π/(4η_in))^¼, which is 11 at η_in = 5e-5, and this is three times
 *     that.
 * @param lostShare A followed eigenvector may have missed this share of sharpness before what it
 *     gave counts as wrong; it is the trainer's own error target.
 */
public record OscillationSettings(
    double oscillationCosine,
    double quietCosine,
    double oscillationShare,
    double oscillationFloor,
    double noiseFactor,
    double lostShare) {
  private static final double OSCILLATION_COSINE = -0.8;
  private static final double QUIET_COSINE = -0.5;
  private static final double OSCILLATION_SHARE = 0.01;
  private static final double OSCILLATION_FLOOR = 1e-12;
  private static final double NOISE_FACTOR = 30;
  private static final double LOST_SHARE = 0.01;

  /** Refuses what makes no sense. */
  public OscillationSettings {
    Allowed.between("oscillationCosine", oscillationCosine, -1, 1);
    Allowed.between("quietCosine", quietCosine, oscillationCosine, 1);
    Allowed.between("oscillationShare", oscillationShare, 0, 1);
    Allowed.from("oscillationFloor", oscillationFloor, 0);
    Allowed.from("noiseFactor", noiseFactor, 0);
    Allowed.positive("lostShare", lostShare);
  }

  /** The settings that the reasons above speak of. */
  static OscillationSettings defaults() {
    return new OscillationSettings(
        OSCILLATION_COSINE,
        QUIET_COSINE,
        OSCILLATION_SHARE,
        OSCILLATION_FLOOR,
        NOISE_FACTOR,
        LOST_SHARE);
  }
}
