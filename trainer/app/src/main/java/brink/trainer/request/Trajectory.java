package brink.trainer.request;

import brink.trainer.descent.DescentSettings;
import brink.trainer.descent.Problem;

/**
 * What the steps of a run follow from.
 *
 * @param problem with data and initial weights
 * @param descent how the weights move from there
 * @param seed of weights, data and eigensolver
 */
public record Trajectory(Problem problem, DescentSettings descent, long seed) {
  /** Setting: the network in words. */
  public static final String NETWORK = "network";

  /** Setting: the number of training examples. */
  public static final String EXAMPLES = "training examples";

  /** Setting: the format of numbers and products. */
  public static final String PRECISION = "precision";

  /** Setting: what the run computes on. */
  public static final String DEVICE = "device";

  /** Setting: a checksum of the initial weights, and of the loss and its gradient there. */
  public static final String CHECKSUM = "checksum of data and initial weights";
}
