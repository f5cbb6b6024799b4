package brink.monitor.regime;

/**
 * Thresholds of the regime detector. Samples are observed steps, whatever the producer's cadence.
 * Their names are those of all their parts.
 *
 * @param samples how many samples a verdict takes
 * @param evidence how much evidence makes an edge
 * @param oscillation what counts as an oscillation
 * @param edge where the edge is, and when it is left
 * @param catapult what counts as a catapult, and what as an explosion
 * @param chaos what is beyond the edge and irregular
 * @param motion when sharpness flows, and when it is at rest
 * @param ledger how long the norm ledger has to be broken, and how long to balance
 */
public record DetectorSettings(
    SampleSettings samples,
    EvidenceSettings evidence,
    OscillationSettings oscillation,
    EdgeSettings edge,
    CatapultSettings catapult,
    ChaosSettings chaos,
    MotionSettings motion,
    LedgerSettings ledger) {
  /** As many steps as a long run has: beyond it a verdict would never come. */
  static final int MOST_SAMPLES = 1_000_000;

  /** The settings that the reasons of the parts speak of. */
  public static DetectorSettings defaults() {
    return new DetectorSettings(
        SampleSettings.defaults(),
        EvidenceSettings.defaults(),
        OscillationSettings.defaults(),
        EdgeSettings.defaults(),
        CatapultSettings.defaults(),
        ChaosSettings.defaults(),
        MotionSettings.defaults(),
        LedgerSettings.defaults());
  }
}
