package brink.trainer.landscape;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matrix completion through full-batch normalization, in closed form: with z the observed entries
 * of U·Vᵀ, N of them, L(U, V) = ‖BN(z) − y‖²/2N with BN(z) = √N·(z − mean z)/‖z − mean z‖, without
 * affine parameters and with ε = 0. L is exactly scale-invariant in (U, V) together, and in U and
 * in V alone. The targets y may have any mean and scale; what BN cannot fit stays in the loss.
 *
 * <p>The sums run over the observed entries, on the host and in double precision: a gradient costs
 * 4·N·rank multiplications, a Hessian-vector product 6·N·rank.
 */
public final class MatrixCompletion implements Landscape {
  private final Kernels kernels;
  private final int rows;
  private final int columns;
  private final int rank;
  private final MatrixCompletionLinearization linearization;
  private final @Nullable FactorProducts testProducts;
  private final double[] testTargets;

  /**
   * A landscape.
   *
   * @param rows of the matrix
   * @param columns of the matrix
   * @param rank number of columns of U and V
   * @param observed entries that are trained on, two or more
   * @param test entries for {@link #evaluate}, which normalizes them with the mean and standard
   *     deviation of the observed ones; null for none
   * @throws IllegalArgumentException if an entry is outside the matrix, or there are too few
   */
  public MatrixCompletion(
      Kernels kernels,
      int rows,
      int columns,
      int rank,
      MatrixEntries observed,
      @Nullable MatrixEntries test) {
    if (rank < 1 || observed.size() < 2) {
      throw new IllegalArgumentException(
          "matrix completion needs a rank of 1 or more and two observed entries, not rank %d and %d"
              .formatted(rank, observed.size()));
    }
    this.kernels = kernels;
    this.rows = rows;
    this.columns = columns;
    this.rank = rank;
    requireInside(observed);
    linearization =
        new MatrixCompletionLinearization(
            new FactorProducts(observed, rows, rank),
            observed.values(),
            kernels.allocate(1, dimension()));
    testProducts = test == null ? null : new FactorProducts(test, rows, rank);
    testTargets = test == null ? new double[0] : test.values().clone();
    if (test != null) {
      requireInside(test);
    }
  }

  private void requireInside(MatrixEntries entries) {
    for (int k = 0; k < entries.size(); k++) {
      int row = entries.rows()[k];
      int column = entries.columns()[k];
      if (row < 0 || row >= rows || column < 0 || column >= columns) {
        throw new IllegalArgumentException(
            "entry (%d, %d) is outside the %d×%d matrix".formatted(row, column, rows, columns));
      }
    }
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public int dimension() {
    return Math.multiplyExact(Math.addExact(rows, columns), rank);
  }

  @Override
  public List<WeightBlock> layers() {
    return List.of(
        new WeightBlock("U", 0, rows, rank),
        new WeightBlock("V", (long) rows * rank, columns, rank));
  }

  /**
   * {@inheritDoc}
   *
   * @throws ArithmeticException if all observed entries of U·Vᵀ are equal, where BN is undefined
   */
  @Override
  public Linearization linearize(Tensor w) {
    linearization.moveTo(w.get());
    return linearization;
  }

  @Override
  public Scores evaluate(Tensor w) {
    Linearization here = linearize(w);
    return new Scores(here.loss(), null, testLoss(w.get()), null);
  }

  private @Nullable Double testLoss(double[] w) {
    if (testProducts == null) {
      return null;
    }
    double[] outputs = new double[testProducts.size()];
    testProducts.at(w, outputs);
    Arrays.setAll(outputs, k -> linearization.normalize(outputs[k]) - testTargets[k]);
    double squares = Arrays.stream(outputs).map(error -> error * error).sum();
    return squares / (2 * outputs.length);
  }
}
