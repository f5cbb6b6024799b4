package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * How much evidence makes an edge.
 *
 * @param evidence A log-likelihood of this much for the edge makes one; e^18.4 means one false
 *     alarm in 10⁸ steps whose cosines are equally likely.
 * @param thrownShare This share of the evidence is enough where the norm is thrown up at the same
 *     time, because with much momentum the first burst ends in a throw within eight steps.
 * @param startEvidence An edge takes this much evidence at the start of a run, because initial
 *     transients oscillate, too, but for tens of steps only.
 * @param ratioScatter The standard deviation of log s at the edge is taken to be this; 0.02 was
 *     seen where one eigenvalue oscillates, and 0.04 to 0.3 in deep nets.
 */
public record EvidenceSettings(
    double evidence, double thrownShare, double startEvidence, double ratioScatter) {
  /** The largest evidence of so many steps, ln 4 each. */
  private static final double MOST_EVIDENCE = 1_000_000;

  private static final double EVIDENCE = 18.4;
  private static final double THROWN_SHARE = 0.3;
  private static final double START_EVIDENCE = 150;
  private static final double RATIO_SCATTER = 0.15;

  /** Refuses what makes no sense. */
  public EvidenceSettings {
    Allowed.positiveUpTo("evidence", evidence, MOST_EVIDENCE);
    Allowed.between("thrownShare", thrownShare, 0, 1);
    Allowed.positiveUpTo("startEvidence", startEvidence, MOST_EVIDENCE);
    Allowed.positive("ratioScatter", ratioScatter);
  }

  /** The settings that the reasons above speak of. */
  static EvidenceSettings defaults() {
    return new EvidenceSettings(EVIDENCE, THROWN_SHARE, START_EVIDENCE, RATIO_SCATTER);
  }
}
