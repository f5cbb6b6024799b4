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
 * @param gross successive entries whose error is no small share of the step
 * @param coarse first step whose norms were coarser than declared; −1 if none
 * @param radial the part of the gradient along the weights, of a nearly scale-invariant loss
 */
record LedgerWitness(
    double error,
    long broken,
    double brokenError,
    ScaleInvariance invariance,
    long since,
    int against,
    int gross,
    long coarse,
    RadialWitness radial) {
  /** A run of which nothing was seen. */
  static final LedgerWitness NONE = of(ScaleInvariance.UNKNOWN, Double.NaN);

  /**
   * Of a run of which nothing was seen.
   *
   * @param declared what its producer says
   * @param error |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) at the first iterate; NaN where it does not say
   */
  static LedgerWitness of(ScaleInvariance declared, double error) {
    return new LedgerWitness(Double.NaN, -1, 0, declared, 0, 0, 0, -1, RadialWitness.of(error));
  }

  /** With the ledger of one more step; null is not known. */
  LedgerWitness with(@Nullable LedgerEntry entry, long step, DetectorSettings settings) {
    if (entry == null) {
      return this;
    }
    LedgerWitness seen =
        new LedgerWitness(
            entry.error(),
            entry.broken() ? step : broken,
            entry.broken() ? entry.error() : brokenError,
            invariance,
            since,
            against,
            gross(entry, settings),
            coarse < 0 && entry.coarse() ? step : coarse,
            invariance == ScaleInvariance.NEARLY ? radial.with(entry, settings) : radial);
    return switch (invariance) {
      case NEVER, NEARLY -> seen;
      case UNKNOWN, HOLDS ->
          entry.broken() ? seen.against(step, settings) : seen.now(ScaleInvariance.HOLDS);
      case LOST -> entry.broken() ? seen.now(ScaleInvariance.LOST) : seen.against(step, settings);
    };
  }

  // Once it is established it stays as long as the loss of scale invariance does: without a
  // gradient
  // any ledger balances.
  private int gross(LedgerEntry entry, DetectorSettings settings) {
    boolean established = gross >= settings.ledger().brokenLedgers();
    return established ? gross : Streaks.next(gross, entry.gross());
  }

  private LedgerWitness now(ScaleInvariance verdict) {
    return with(verdict, since, 0);
  }

  private LedgerWitness against(long step, DetectorSettings settings) {
    boolean lost = invariance == ScaleInvariance.LOST;
    int count = against + 1;
    long start = lost || against > 0 ? since : step;
    if (count < (lost ? settings.ledger().balancedLedgers() : settings.ledger().brokenLedgers())) {
      return with(invariance, start, count);
    }
    return lost
        ? new LedgerWitness(
            error, broken, brokenError, ScaleInvariance.HOLDS, start, 0, 0, coarse, radial)
        : with(ScaleInvariance.LOST, start, 0);
  }

  private LedgerWitness with(ScaleInvariance verdict, long start, int count) {
    return new LedgerWitness(
        error, broken, brokenError, verdict, start, count, gross, coarse, radial);
  }

  boolean known() {
    return !Double.isNaN(error);
  }

  /**
   * Whether verdicts about the sphere mean anything: not where the producer says that the loss is
   * not scale-invariant, nor where the ledger is off by a large share of every step.
   */
  boolean admitsVerdicts(DetectorSettings settings) {
    return invariance != ScaleInvariance.NEVER && gross < settings.ledger().brokenLedgers();
  }

  /** First step without scale invariance; null while nothing says that it is not there. */
  @Nullable Long lostAt() {
    return switch (invariance) {
      case NEVER -> 0L;
      case LOST -> since;
      case UNKNOWN, HOLDS, NEARLY -> null;
    };
  }

  void write(StateWriter out) {
    out.put(error).put(broken).put(brokenError);
    out.put(invariance.code()).put(since).put(against).put(gross).put(coarse);
    radial.write(out);
  }

  static LedgerWitness read(StateReader in) {
    return new LedgerWitness(
        in.getDouble(),
        in.getLong(),
        in.getDouble(),
        ScaleInvariance.of(in.getByte()),
        in.getLong(),
        in.getInt(),
        in.getInt(),
        in.getLong(),
        RadialWitness.read(in));
  }
}
