package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * Thresholds of the regime detector. Samples are observed steps, whatever the producer's cadence.
 *
 * @param window samples that the evidence is averaged over: even, so that both phases of a
 *     period-two orbit weigh the same
 * @param startSamples samples before the first verdict: the sharpness of a random start collapses
 *     within tens of steps
 * @param calmSamples samples without oscillation below the edge that make a run stable; more than
 *     the window, so that nothing of the time before is left in the averages
 * @param evidence log-likelihood for the edge that makes one: e^18.4 is one false alarm in 10⁸
 *     steps whose cosines are as likely one as another
 * @param thrownShare share of that evidence that is enough where the norm is thrown up at the same
 *     time: with much momentum the first burst ends in a throw within eight steps
 * @param startEvidence the same at the start of a run: initial transients oscillate, too, but for
 *     tens of steps
 * @param ratioScatter standard deviation of log s at the edge: 0.02 where one eigenvalue
 *     oscillates, 0.04 to 0.3 was seen in deep nets
 * @param oscillationCosine gradients alternate below this cosine: −0.98 ± 0.01 was seen at the
 *     edge, 0 to 0.9 before it
 * @param quietCosine they do not above this one; the distance between the two is the hysteresis
 * @param oscillationShare where no cosine is published, least α²/(2η_in) of an oscillation: without
 *     it the level of α² is the only witness. The flow's is 4/(4 + G²): 0.01 admits G² up to 396
 * @param oscillationFloor least α² that counts, rad²: at η_in = 1e-6 the flow's is larger up to G²
 *     of 8·10⁶, and 1.5·10⁵ was seen
 * @param noiseFactor angle of a step over that of the gradient's rounding from which on it is none:
 *     just below s = 1 noise along the top eigenvector alternates, and is held up by a factor of
 *     (π/(4η_in))^¼, 11 at η_in = 5e-5; three times that
 * @param lostShare share of sharpness that a followed eigenvector may have missed before what it
 *     gave counts as wrong: the trainer's own error target
 * @param edgeRatio least stability ratio of an edge; deep nets wander between 0.95 and 1.3
 * @param leaveRatio below this ratio the edge is left after calmSamples: an onset that overshoots
 *     to 1.25 swings back no farther
 * @param leaveTime and above it, or where s is not measured, after this long without oscillation,
 *     in units of 1/√η_in steps: after an onset the oscillation swells and dies with a period of 4
 *     (300 steps at η_in = 2e-4, 450 at 5e-5)
 * @param leaveSteps at most this many steps: without weight decay the above has no bound
 * @param startEdgeRatio highest ratio of a run that begins at the edge: onsets overshoot to 1.45,
 *     random starts go beyond
 * @param catapultNormFactor a catapult's ‖w‖² against its latest low: at the edge it rises by a few
 *     per cent at most, in catapults by two to a hundred times
 * @param catapultRatio on the sphere, where ‖w‖ is held, a catapult's stability ratio: more than
 *     the 1.45 of an onset's overshoot, 5.7 was seen
 * @param catapultLossFactor and its loss against the average before: thirtyfold was seen
 * @param slowSamples samples of what changes slowly: the loss that a catapult is measured against
 *     on the sphere, long against its ten steps, and the jitter of sharpness; also the samples
 *     after which a source that fell silent is given up
 * @param explosionFactor loss against the run's first one (at least 1) that is an explosion
 * @param explosionSamples samples that it has to last: a catapult comes back within tens of steps
 * @param resumeSamples finite samples that end a divergence
 * @param restRate change of log λ₁ within a unit of flow time, by its trend and in all, below which
 *     sharpness is at rest: 5 %, G² ≈ 0.1
 * @param flowRate the same above which it is not; twice restRate so that regimes do not flap
 * @param agreeingFits consecutive fits that make a flow, if their tests agree with it; twice as
 *     many with a test that fails end it
 * @param untestedFits consecutive fits without any test of the flow that end it: 0.2 units of flow
 *     time, four spans of the test of the direction
 * @param brokenLedgers successive steps whose norm ledger is off by more than rounding that say
 *     that the loss is not scale-invariant: a step that was lost, altered or doubled breaks it once
 *     or twice
 * @param balancedLedgers successive steps whose norm ledger balances that say that it is again:
 *     many more, for without scale invariance it balances, too, while the gradient vanishes
 */
public record DetectorSettings(
    int window,
    int startSamples,
    int calmSamples,
    double evidence,
    double thrownShare,
    double startEvidence,
    double ratioScatter,
    double oscillationCosine,
    double quietCosine,
    double oscillationShare,
    double oscillationFloor,
    double noiseFactor,
    double lostShare,
    double edgeRatio,
    double leaveRatio,
    double leaveTime,
    double leaveSteps,
    double startEdgeRatio,
    double catapultNormFactor,
    double catapultRatio,
    double catapultLossFactor,
    int slowSamples,
    double explosionFactor,
    int explosionSamples,
    int resumeSamples,
    double restRate,
    double flowRate,
    int agreeingFits,
    int untestedFits,
    int brokenLedgers,
    int balancedLedgers) {

  /** As many steps as a long run has: beyond it a verdict would never come. */
  private static final int MOST_SAMPLES = 1_000_000;

  /** The largest evidence of so many steps, ln 4 each. */
  private static final double MOST_EVIDENCE = 1_000_000;

  /** Refuses what no detector can work with. */
  public DetectorSettings {
    Allowed.even("window", window, MOST_SAMPLES);
    Allowed.wholeBetween("startSamples", startSamples, 1, MOST_SAMPLES);
    Allowed.wholeBetween("calmSamples", calmSamples, 1, MOST_SAMPLES);
    Allowed.positiveUpTo("evidence", evidence, MOST_EVIDENCE);
    Allowed.between("thrownShare", thrownShare, 0, 1);
    Allowed.positiveUpTo("startEvidence", startEvidence, MOST_EVIDENCE);
    Allowed.positive("ratioScatter", ratioScatter);
    Allowed.between("oscillationCosine", oscillationCosine, -1, 1);
    Allowed.between("quietCosine", quietCosine, oscillationCosine, 1);
    Allowed.between("oscillationShare", oscillationShare, 0, 1);
    Allowed.from("oscillationFloor", oscillationFloor, 0);
    Allowed.from("noiseFactor", noiseFactor, 0);
    Allowed.positive("lostShare", lostShare);
    Allowed.between("edgeRatio", edgeRatio, 0, 1);
    Allowed.between("leaveRatio", leaveRatio, 0, edgeRatio);
    Allowed.from("leaveTime", leaveTime, 0);
    Allowed.from("leaveSteps", leaveSteps, 0);
    Allowed.from("startEdgeRatio", startEdgeRatio, 1);
    Allowed.from("catapultRatio", catapultRatio, 1);
    Allowed.from("catapultLossFactor", catapultLossFactor, 1);
    Allowed.from("catapultNormFactor", catapultNormFactor, 1);
    Allowed.wholeBetween("slowSamples", slowSamples, 1, MOST_SAMPLES);
    Allowed.from("explosionFactor", explosionFactor, 1);
    Allowed.wholeBetween("explosionSamples", explosionSamples, 1, MOST_SAMPLES);
    Allowed.wholeBetween("resumeSamples", resumeSamples, 1, MOST_SAMPLES);
    Allowed.from("restRate", restRate, 0);
    Allowed.from("flowRate", flowRate, restRate);
    Allowed.wholeBetween("agreeingFits", agreeingFits, 1, MOST_SAMPLES);
    Allowed.wholeBetween("untestedFits", untestedFits, 1, MOST_SAMPLES);
    Allowed.wholeBetween("brokenLedgers", brokenLedgers, 1, MOST_SAMPLES);
    Allowed.wholeBetween("balancedLedgers", balancedLedgers, 1, MOST_SAMPLES);
  }

  /** The settings that the reasons above speak of. */
  public static DetectorSettings defaults() {
    return new DetectorSettings(
        8, 10, 16, 18.4, 0.3, 150, 0.15, -0.8, -0.5, 0.01, 1e-12, 30, 0.01, 0.9, 0.75, 10, 20_000,
        1.6, 1.4, 2.0, 4.0, 64, 1000.0, 100, 10, 0.05, 0.1, 5, 20, 5, 1000);
  }
}
