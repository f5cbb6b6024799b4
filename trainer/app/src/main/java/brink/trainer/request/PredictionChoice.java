package brink.trainer.request;

/**
 * When flows are predicted beside training, on problems that are small enough.
 *
 * @param every cadence in steps; 0 is never
 * @param restart flow time after which they start anew; 0 is at the entries of the edge only
 */
public record PredictionChoice(int every, double restart) {}
