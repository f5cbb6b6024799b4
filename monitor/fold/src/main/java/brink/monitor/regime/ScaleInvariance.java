package brink.monitor.regime;

import brink.v1.RunStarted;

/** What is known of L(c·w) = L(w). */
public enum ScaleInvariance {
  /** Nothing: the producer does not say, and there is no norm ledger yet. */
  UNKNOWN(0),
  /** By the producer's word, and the norm ledger does not speak against it. */
  HOLDS(1),
  /** The norm ledger is broken at every step. */
  LOST(2),
  /** By the producer's word it was not there from the start, at least not in all weights. */
  NEVER(3),
  /** By the producer's word not exactly, but with an error that changes next to nothing. */
  NEARLY(4);

  /** ⟨w, ∇L⟩ over ‖w‖·‖∇L‖ that an ε in a normalization's denominator leaves, and no more. */
  private static final double SMALL_ERROR = 1e-3;

  private final byte code;

  ScaleInvariance(int code) {
    this.code = (byte) code;
  }

  /** Of the encoded states. */
  byte code() {
    return code;
  }

  /** As the producer declares. */
  public static ScaleInvariance declared(RunStarted started) {
    if (!started.hasScaleInvariantDimension()) {
      return UNKNOWN;
    }
    long invariant = started.getScaleInvariantDimension();
    if (invariant != 0 && (!started.hasDimension() || invariant >= started.getDimension())) {
      return HOLDS;
    }
    boolean small =
        started.hasScaleInvarianceError() && started.getScaleInvarianceError() < SMALL_ERROR;
    return small ? NEARLY : NEVER;
  }

  static ScaleInvariance of(byte code) {
    for (ScaleInvariance each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    throw new IllegalArgumentException("scale invariance has no code " + code);
  }
}
