package brink.monitor.regime;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the norm ledger has said, and with it whether the loss is scale-invariant.
 *
 * @param error last error, relative; NaN before any
 * @param broken last step whose error was beyond rounding; −1 if none
 * @param brokenError and that error
 * @param invariance the verdict on scale invariance
 * @param since step of its loss, or of the first of the entries against it
 * @param against successive entries that speak against the verdict
 */
record LedgerWitness(
    double error,
    long broken,
    double brokenError,
    ScaleInvariance invariance,
    long since,
    int against) {
  /** A run of which nothing was seen. */
  static final LedgerWitness NONE = of(ScaleInvariance.UNKNOWN);

  /**
   * Of a run of which nothing was seen.
   *
   * @param declared what its producer says
   */
  static LedgerWitness of(ScaleInvariance declared) {
    return new LedgerWitness(Double.NaN, -1, 0, declared, 0, 0);
  }

  /** With the ledger of one more step; null is not known. */
  LedgerWitness with(@Nullable LedgerEntry entry, long step, DetectorSettings settings) {
    if (entry == null) {
      return this;
    }
    long last = entry.broken() ? step : broken;
    double lastError = entry.broken() ? entry.error() : brokenError;
    LedgerWitness seen =
        new LedgerWitness(entry.error(), last, lastError, invariance, since, against);
    return switch (invariance) {
      case NEVER -> seen;
      case UNKNOWN ->
          entry.broken() ? seen.against(step, settings) : seen.now(ScaleInvariance.HOLDS);
      case HOLDS -> entry.broken() ? seen.against(step, settings) : seen.now(ScaleInvariance.HOLDS);
      case LOST -> entry.broken() ? seen.now(ScaleInvariance.LOST) : seen.against(step, settings);
    };
  }

  private LedgerWitness now(ScaleInvariance verdict) {
    return new LedgerWitness(error, broken, brokenError, verdict, since, 0);
  }

  private LedgerWitness against(long step, DetectorSettings settings) {
    boolean lost = invariance == ScaleInvariance.LOST;
    int count = against + 1;
    long start = lost || against > 0 ? since : step;
    if (count < (lost ? settings.balancedLedgers() : settings.brokenLedgers())) {
      return new LedgerWitness(error, broken, brokenError, invariance, start, count);
    }
    ScaleInvariance next = lost ? ScaleInvariance.HOLDS : ScaleInvariance.LOST;
    return new LedgerWitness(error, broken, brokenError, next, start, 0);
  }

  boolean known() {
    return !Double.isNaN(error);
  }

  /** First step without scale invariance; null while nothing says that it is not there. */
  @Nullable Long lostAt() {
    return switch (invariance) {
      case NEVER -> 0L;
      case LOST -> since;
      case UNKNOWN, HOLDS -> null;
    };
  }

  void write(StateWriter out) {
    out.put(error).put(broken).put(brokenError);
    out.put(invariance.code()).put(since).put(against);
  }

  static LedgerWitness read(StateReader in) {
    return new LedgerWitness(
        in.getDouble(),
        in.getLong(),
        in.getDouble(),
        ScaleInvariance.of(in.getByte()),
        in.getLong(),
        in.getInt());
  }
}
