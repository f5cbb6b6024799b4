package brink.monitor.regime;

/**
 * The norm ledger of one step.
 *
 * @param error relative error
 * @param broken whether it is beyond rounding
 * @param gross whether it is no small share of what ‖w‖² changed by: the step is not one of
 *     gradient descent on a scale-invariant loss at all
 * @param coarse whether the norms are rounded to single precision although the producer declared a
 *     finer one
 * @param intrinsicLearningRate η_in of the step that it is about, 1/step
 */
public record LedgerEntry(
    double error, boolean broken, boolean gross, boolean coarse, double intrinsicLearningRate) {}
