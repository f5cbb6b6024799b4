package brink.trainer.landscape;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Linear regression through full-batch normalization, in closed form: L(w) = ‖BN(Xw) − y‖²/2n with
 * BN(z) = √n·(z − mean z)/‖z − mean z‖, without affine parameters and with ε = 0, so that L is
 * exactly scale-invariant. The targets y may have any mean and scale; what BN cannot fit stays in
 * the loss.
 */
public final class BnLinear implements Landscape {
  private final Kernels kernels;
  private final Tensor inputs;
  private final BnLinearLinearization linearization;
  private final double smallestStandardDeviation;
  private final @Nullable BnLinearTestSet testSet;

  private BnLinear(
      Kernels kernels, double[][] x, double[] y, double @Nullable [][] testX, double[] testY) {
    requireTable("training", 2, x, y);
    this.kernels = kernels;
    double[] mean = Tables.columnMeans(x);
    double[] centred = Tables.flattenWithout(x, mean);
    inputs = kernels.allocate(x.length, mean.length);
    inputs.set(centred);
    linearization = new BnLinearLinearization(kernels, inputs, y);
    // |fl(Xw) − Xw| ≤ d·u·‖X‖·‖w‖ (Higham, Accuracy and Stability, §3.5), and 2·u_p more where
    // factors are rounded by u_p
    double roundoff = kernels.precision().unitRoundoff();
    smallestStandardDeviation =
        (mean.length * roundoff + 2 * (kernels.productRoundoff() - roundoff))
            * kernels.norm(inputs);
    if (testX == null) {
      testSet = null;
    } else {
      requireTable("test", 1, testX, testY);
      testSet = new BnLinearTestSet(kernels, Tables.flattenWithout(testX, mean), testY);
    }
  }

  /**
   * A landscape without a test set.
   *
   * @param x n×d inputs, one example a row, not modified; columns need not be centred
   * @param y n targets, not modified
   * @throws IllegalArgumentException if the table is ragged, empty, or its length differs from y's
   */
  public static BnLinear from(Kernels kernels, double[][] x, double[] y) {
    return new BnLinear(kernels, x, y, null, new double[0]);
  }

  /**
   * A landscape whose {@link #evaluate} gives the loss on a test set too, normalized with the mean
   * and standard deviation of the training set.
   *
   * @param testX m×d inputs, not modified
   * @param testY m targets, not modified
   */
  public static BnLinear from(
      Kernels kernels, double[][] x, double[] y, double[][] testX, double[] testY) {
    return new BnLinear(kernels, x, y, testX, testY);
  }

  private static void requireTable(String set, int least, double[][] x, double[] y) {
    if (x.length < least || x.length != y.length || x[0].length < 1) {
      throw new IllegalArgumentException(
          "the %s set needs %d examples or more and as many targets as inputs, not %d and %d"
              .formatted(set, least, x.length, y.length));
    }
    for (double[] row : x) {
      if (row.length != x[0].length) {
        throw new IllegalArgumentException("rows of the " + set + " set differ in length");
      }
    }
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public int dimension() {
    return inputs.columns();
  }

  /**
   * {@inheritDoc}
   *
   * @throws ArithmeticException if Xw is the same for all examples, where BN is undefined
   */
  @Override
  public Linearization linearize(Tensor w) {
    linearization.moveTo(w);
    if (linearization.norm() <= smallestStandardDeviation * kernels.norm(w)) {
      throw new ArithmeticException(
          "batch normalization is undefined: Xw is the same for all examples;"
              + " start from other weights, or check that the inputs differ");
    }
    return linearization;
  }

  @Override
  public Scores evaluate(Tensor w) {
    Linearization here = linearize(w);
    Double test = testSet == null ? null : testSet.loss(w, linearization.norm() / rootOfCount());
    return new Scores(here.loss(), null, test, null);
  }

  private double rootOfCount() {
    return Math.sqrt(inputs.rows());
  }
}
