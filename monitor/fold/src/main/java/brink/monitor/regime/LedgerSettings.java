package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * How long the norm ledger has to be broken, and how long to balance.
 *
 * @param brokenLedgers The loss is said not to be scale-invariant after this many successive steps
 *     whose norm ledger is off by more than rounding; a step that was lost, altered or doubled
 *     breaks it once or twice.
 * @param balancedLedgers The loss is said to be scale-invariant again after this many successive
 *     steps whose norm ledger balances; they are many, because without scale invariance it
 *     balances, too, while the gradient vanishes.
 */
public record LedgerSettings(int brokenLedgers, int balancedLedgers) {
  private static final int BROKEN_LEDGERS = 5;
  private static final int BALANCED_LEDGERS = 1000;

  /** Refuses what makes no sense. */
  public LedgerSettings {
    Allowed.wholeBetween("brokenLedgers", brokenLedgers, 1, DetectorSettings.MOST_SAMPLES);
    Allowed.wholeBetween("balancedLedgers", balancedLedgers, 1, DetectorSettings.MOST_SAMPLES);
  }

  /** The settings that the reasons above speak of. */
  static LedgerSettings defaults() {
    return new LedgerSettings(BROKEN_LEDGERS, BALANCED_LEDGERS);
  }
}
