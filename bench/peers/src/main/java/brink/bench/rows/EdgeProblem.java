package brink.bench.rows;

import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.descent.Hyperparameters;

/**
 * What is trained, and for how long until it is at the edge.
 *
 * @param data as given to the trainer
 * @param stepsToTheEdge enough of them
 * @param comparedSteps steps there that are looked at; each converged solution costs libtorch some
 *     hundred products
 */
record EdgeProblem(
    String data, Hyperparameters hyperparameters, int stepsToTheEdge, int comparedSteps) {
  /** The training data. */
  Sample sample() {
    return Sample.of(DataSource.parse(data).load(DataOptions.DEFAULT.withSeed(1)).train());
  }
}
