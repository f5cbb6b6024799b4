package brink.monitor.regime;

import brink.monitor.settings.Allowed;

/**
 * How long the norm ledger has to be broken, and how long to balance, and what it is averaged over.
 *
 * @param brokenLedgers The loss is said not to be scale-invariant after this many successive steps
 *     whose norm ledger is off by more than rounding; a step that was lost, altered or doubled
 *     breaks it once or twice.
 * @param balancedLedgers The loss is said to be scale-invariant again after this many successive
 *     steps whose norm ledger balances; they are many, because without scale invariance it
 *     balances, too, while the gradient vanishes.
 * @param radialFlowTime What the part of the gradient along the weights adds to weight decay, where
 *     the loss is nearly scale-invariant, is averaged over this many units of flow time, which is
 *     as long as the bins that the rates of the flow are from.
 */
public record LedgerSettings(int brokenLedgers, int balancedLedgers, double radialFlowTime) {
  private static final int BROKEN_LEDGERS = 5;
  private static final int BALANCED_LEDGERS = 1000;
  private static final double RADIAL_FLOW_TIME = 0.12;

  /** Refuses what makes no sense. */
  public LedgerSettings {
    Allowed.wholeBetween("brokenLedgers", brokenLedgers, 1, DetectorSettings.MOST_SAMPLES);
    Allowed.wholeBetween("balancedLedgers", balancedLedgers, 1, DetectorSettings.MOST_SAMPLES);
    Allowed.positive("radialFlowTime", radialFlowTime);
  }

  /** The settings that the reasons above speak of. */
  static LedgerSettings defaults() {
    return new LedgerSettings(BROKEN_LEDGERS, BALANCED_LEDGERS, RADIAL_FLOW_TIME);
  }
}
