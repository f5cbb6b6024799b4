package brink.trainer.descent;

import brink.trainer.kernels.Kernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.landscape.SyntheticRegression;

/** bn-linear on the data of the demo's kind: four features for each example. */
final class SyntheticProblem {
  private static final int EXAMPLES = 20;
  private static final int FEATURES = 80;
  private static final int TEST_EXAMPLES = 1_000;
  private static final double NOISE = 0.5;

  private SyntheticProblem() {}

  static Problem of(Kernels kernels, long seed) {
    var data = SyntheticRegression.generate(seed, EXAMPLES, FEATURES, TEST_EXAMPLES, NOISE);
    BnLinear landscape = BnLinear.from(kernels, data.x(), data.y(), data.testX(), data.testY());
    return BnLinearProblem.of(landscape, "synthetic", EXAMPLES, seed, BnLinearProblem.INITIAL_NORM);
  }
}
