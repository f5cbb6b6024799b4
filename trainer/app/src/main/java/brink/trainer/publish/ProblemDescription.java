package brink.trainer.publish;

import brink.trainer.descent.Problem;

/**
 * What is known of a problem before the first step.
 *
 * @param name for example "bn-linear"
 * @param network in words
 * @param dataset as given to the trainer
 * @param trainSize number of examples n
 * @param dimension number of weights
 * @param scaleInvariantDimension number of weights that the loss is scale-invariant in
 */
public record ProblemDescription(
    String name,
    String network,
    String dataset,
    long trainSize,
    long dimension,
    long scaleInvariantDimension) {
  /** What is known of a problem that was built. */
  public static ProblemDescription of(Problem problem) {
    return new ProblemDescription(
        problem.name(),
        problem.network(),
        problem.dataset(),
        problem.trainSize(),
        problem.landscape().dimension(),
        problem.scaleInvariantDimension());
  }
}
