package brink.monitor.regime;

import static brink.v1.Regime.REGIME_CATAPULT;
import static brink.v1.Regime.REGIME_CHAOTIC;
import static brink.v1.Regime.REGIME_DIVERGED;
import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_ENDED;
import static brink.v1.Regime.REGIME_FLOWING;
import static brink.v1.Regime.REGIME_SETTLED;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_STALLED;
import static brink.v1.Regime.REGIME_STARTING;

import brink.v1.Regime;

/**
 * The table of legal transitions between regimes; an illegal one throws. Each goes back to
 * STARTING, no verdict, where the loss turns out not to be scale-invariant.
 */
public enum RegimeTransitions {
  /** From the first steps. */
  STARTING(REGIME_STARTING, REGIME_STABLE, REGIME_EDGE, REGIME_CHAOTIC),
  /** From below the edge. */
  STABLE(REGIME_STABLE, REGIME_EDGE, REGIME_STARTING),
  /** From the edge; straight to rest where it begins with G² ≈ 0. */
  EDGE(
      REGIME_EDGE,
      REGIME_STABLE,
      REGIME_FLOWING,
      REGIME_SETTLED,
      REGIME_CATAPULT,
      REGIME_CHAOTIC,
      REGIME_STARTING),
  /** From the flow. */
  FLOWING(
      REGIME_FLOWING,
      REGIME_STABLE,
      REGIME_EDGE,
      REGIME_SETTLED,
      REGIME_CATAPULT,
      REGIME_CHAOTIC,
      REGIME_STARTING),
  /** From rest. */
  SETTLED(
      REGIME_SETTLED,
      REGIME_STABLE,
      REGIME_EDGE,
      REGIME_FLOWING,
      REGIME_CATAPULT,
      REGIME_CHAOTIC,
      REGIME_STARTING),
  /** From a catapult; a small one falls back onto the edge. */
  CATAPULT(REGIME_CATAPULT, REGIME_STABLE, REGIME_EDGE, REGIME_CHAOTIC, REGIME_STARTING),
  /** From beyond the edge, once the run is calm or at an edge for long enough. */
  CHAOTIC(REGIME_CHAOTIC, REGIME_STABLE, REGIME_EDGE, REGIME_STARTING),
  /** From divergence, if finite steps resume. */
  DIVERGED(REGIME_DIVERGED, REGIME_STARTING),
  /** From silence back to the regime before it, which the plumbing knows, or onwards from there. */
  STALLED(
      REGIME_STALLED,
      REGIME_STARTING,
      REGIME_STABLE,
      REGIME_EDGE,
      REGIME_FLOWING,
      REGIME_SETTLED,
      REGIME_CATAPULT,
      REGIME_CHAOTIC),
  /** From the end back to the regime before it, if the run is resumed. */
  ENDED(
      REGIME_ENDED,
      REGIME_STARTING,
      REGIME_STABLE,
      REGIME_EDGE,
      REGIME_FLOWING,
      REGIME_SETTLED,
      REGIME_CATAPULT,
      REGIME_CHAOTIC,
      REGIME_DIVERGED);

  private final Regime from;

  /** Bit n stands for the regime with number n. */
  private final int successors;

  RegimeTransitions(Regime from, Regime... to) {
    int bits = 0;
    for (Regime next : to) {
      bits |= bit(next);
    }
    if (from != REGIME_ENDED) {
      bits |= bit(REGIME_DIVERGED) | bit(REGIME_ENDED) | bit(REGIME_STALLED);
    }
    this.from = from;
    this.successors = bits & ~bit(from);
  }

  private static int bit(Regime regime) {
    return 1 << regime.getNumber();
  }

  /** Whether the table has the transition. */
  public static boolean isLegal(Regime from, Regime to) {
    for (RegimeTransitions row : values()) {
      if (row.from == from) {
        return (row.successors & bit(to)) != 0;
      }
    }
    return false;
  }

  /**
   * The regime after the transition.
   *
   * @throws IllegalStateException if the table does not have it
   */
  public static Regime move(String runId, Regime from, Regime to) {
    if (!isLegal(from, to)) {
      throw new IllegalStateException(
          "run "
              + runId
              + ": no transition from "
              + from
              + " to "
              + to
              + " is legal; replay the run");
    }
    return to;
  }
}
