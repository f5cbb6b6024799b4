package brink.monitor.regime;

import brink.invariance.DeclaredInvariance;
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
  /**
   * By the producer's word not exactly, but with an error that {@link RadialWitness} allows for.
   */
  NEARLY(4);

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
    return switch (DeclaredInvariance.of(started)) {
      case UNKNOWN -> UNKNOWN;
      case EXACT -> HOLDS;
      case NEARLY -> NEARLY;
      case NONE -> NEVER;
    };
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
