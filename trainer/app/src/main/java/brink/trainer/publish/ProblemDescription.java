package brink.trainer.publish;

import brink.trainer.data.DataDescription;
import brink.trainer.descent.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a problem before the first step.
 *
 * @param name for example "bn-linear"
 * @param network in words
 * @param dataset as given to the trainer
 * @param trainSize number of examples n
 * @param dimension number of weights
 * @param scaleInvariantDimension number of weights that the loss is scale-invariant in
 * @param data what it is trained on; null if that is not known
 */
public record ProblemDescription(
    String name,
    String network,
    String dataset,
    long trainSize,
    long dimension,
    long scaleInvariantDimension,
    @Nullable DataDescription data) {
  /** Of data that are not described. */
  public ProblemDescription(
      String name,
      String network,
      String dataset,
      long trainSize,
      long dimension,
      long scaleInvariantDimension) {
    this(name, network, dataset, trainSize, dimension, scaleInvariantDimension, null);
  }

  /** What is known of a problem that was built. */
  public static ProblemDescription of(Problem problem) {
    return new ProblemDescription(
        problem.name(),
        problem.network(),
        problem.dataset(),
        problem.trainSize(),
        problem.landscape().dimension(),
        problem.scaleInvariantDimension(),
        problem.data());
  }
}
