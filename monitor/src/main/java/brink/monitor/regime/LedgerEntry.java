package brink.monitor.regime;

/**
 * The norm ledger of one step.
 *
 * @param error relative error
 * @param broken whether it is beyond rounding
 */
public record LedgerEntry(double error, boolean broken) {}
