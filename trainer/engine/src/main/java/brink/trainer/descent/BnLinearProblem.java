package brink.trainer.descent;

import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.BnLinear;

/** The problem {@code bn-linear}: linear regression through full-batch normalization. */
public final class BnLinearProblem {
  /** Name on the command line and in the events. */
  public static final String NAME = "bn-linear";

  /** η = 0.5 and η_in = 2e-4, so that one unit of flow time is 5 000 steps. */
  public static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.5, 4e-4);

  /** Four units of flow time: enough to enter the edge, flow along it and settle. */
  public static final long STEPS = 20_000;

  /**
   * ‖w_0‖ unless the caller has a reason. Small enough for the edge to be due after one unit of
   * flow time, large enough to be stable before.
   */
  public static final double INITIAL_NORM = 3;

  private BnLinearProblem() {}

  /**
   * The problem on any data, started in a random direction.
   *
   * @param dataset in words
   * @param trainSize number of training examples
   * @param initialNorm ‖w_0‖
   */
  public static Problem of(
      BnLinear landscape, String dataset, long trainSize, long seed, double initialNorm) {
    int dimension = landscape.dimension();
    Tensor weights = landscape.kernels().allocate(1, dimension);
    weights.set(Initialization.onSphere(seed, dimension, initialNorm));
    String network = "linear " + dimension + "→1, batch normalization without affine parameters";
    return new Problem(NAME, network, dataset, trainSize, landscape, weights, dimension);
  }
}
