package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The k largest algebraic eigenpairs of a symmetric operator by Rayleigh–Ritz on a growing
 * subspace. It starts from a block of vectors and adds, one application at a time, the residual of
 * the worst pair that is wanted; from one vector that is Lanczos, with full reorthogonalization. A
 * full basis is restarted with its best Ritz vectors (thick restart: Wu and Simon 2000).
 *
 * <p>It stops when the estimated error of λ₁ is within the tolerance and that of the others within
 * ten times it, when the subspace is exhausted, or at the cap. It fails, unnoticed, where the start
 * has no part in an eigenvector: start from k random vectors to be safe, also against eigenvalues
 * of multiplicity up to k.
 */
public final class LeadingEigensolver {
  // λ₂ and below serve to see crowding, which needs two digits less than the stability ratio does.
  private static final double TOLERANCE_OF_OTHERS = 10;
  // A residual this many roundings small carries no direction any more.
  private static final double ROUNDINGS = 64;
  // r²/gap holds for residuals that are small against the gap (Parlett, The Symmetric Eigenvalue
  // Problem, theorem 11.7.1).
  private static final double GAP_TO_RESIDUAL = 2;

  private final Kernels kernels;
  private final int dimension;
  private final int count;
  private final double roundoff;
  private final OrthonormalBasis basis;
  private final Tensor image;
  private final Tensor combinations;
  private final Tensor ritzVectors;
  private final Tensor residualVectors;
  private final double[][] projected;
  private final int kept;
  private int wanted;
  private int products;

  /**
   * A solver that probes of one landscape can share.
   *
   * @param dimension length of the vectors
   */
  public LeadingEigensolver(Kernels kernels, int dimension, SharpnessSettings settings) {
    this(kernels, dimension, settings.count(), settings.basisSize());
  }

  /**
   * @param count k, the largest number of pairs that may be wanted
   * @param capacity vectors in the basis before it restarts; about 2.5 times that many of the given
   *     length are allocated
   */
  LeadingEigensolver(Kernels kernels, int dimension, int count, int capacity) {
    if (count < 1 || capacity < 2 * count + 2) {
      throw new IllegalArgumentException(
          "a basis of " + capacity + " vectors cannot hold " + count + " eigenpairs and restart");
    }
    this.kernels = kernels;
    this.dimension = dimension;
    this.count = count;
    roundoff = kernels.precision().unitRoundoff();
    kept = capacity / 2;
    basis = new OrthonormalBasis(kernels, capacity, dimension);
    image = kernels.allocate(capacity, dimension);
    combinations = kernels.allocate(1, capacity * capacity);
    ritzVectors = kernels.allocate(kept, dimension);
    residualVectors = kernels.allocate(count, dimension);
    projected = new double[capacity][capacity];
  }

  Kernels kernels() {
    return kernels;
  }

  /** Length of the vectors. */
  int dimension() {
    return dimension;
  }

  /**
   * Solves from a block of start vectors.
   *
   * @param pairs number of pairs wanted, at most the solver's
   * @param start its rows start the subspace, not modified
   * @param tolerance largest error of λ₁ relative to it
   * @param maxProducts largest number of operator applications
   * @return as many pairs as wanted, or as the subspace has dimensions
   * @throws ArithmeticException if the operator returns something that is not finite
   */
  Eigenpairs solve(
      SymmetricOperator operator, int pairs, Tensor start, double tolerance, int maxProducts) {
    wanted = Math.min(pairs, count);
    basis.truncate(0);
    products = 0;
    for (int i = 0; i < start.rows() && mayGrow(operator, maxProducts); i++) {
      expand(operator, row(start, i));
    }
    if (basis.size() == 0) {
      throw new ArithmeticException("no start vector has a part in the operator's subspace");
    }
    while (true) {
      Ritz ritz = rayleighRitz();
      // one more than the start, or an eigenvalue that overtakes would never be seen
      boolean refined = products > start.rows();
      int target = ritz.worst(tolerance, refined ? 1 : 0);
      if (target < 0 || !mayGrow(operator, maxProducts)) {
        return ritz.pairs;
      }
      if (basis.size() == basis.capacity()) {
        restart(ritz.eigen);
      }
      if (!expand(operator, row(residualVectors, target))) {
        return ritz.pairs;
      }
    }
  }

  /** Eigenvector i of the last solution, 1×dimension; a view that the next solution overwrites. */
  Tensor vector(int i) {
    return row(ritzVectors, i);
  }

  private boolean mayGrow(SymmetricOperator operator, int maxProducts) {
    return products < maxProducts && basis.size() < operator.rank();
  }

  private boolean expand(SymmetricOperator operator, Tensor v) {
    int added = basis.size();
    if (basis.add(v, operator, ROUNDINGS * roundoff) == 0) {
      return false;
    }
    operator.apply(basis.row(added), row(image, added));
    products++;
    Tensor column = combinations.view(0, 1, added + 1);
    kernels.gemm(false, true, 1, row(image, added), basis.rows(added + 1), 0, column);
    double[] entries = column.get();
    for (int i = 0; i <= added; i++) {
      projected[i][added] = entries[i];
      projected[added][i] = entries[i];
    }
    return true;
  }

  private Ritz rayleighRitz() {
    int found = Math.min(wanted, basis.size());
    SmallSymmetricEigen eigen = SmallSymmetricEigen.of(projected, basis.size());
    combine(eigen, found, basis.rows(basis.size()), ritzVectors);
    combine(eigen, found, rows(image, basis.size()), residualVectors);
    List<Double> values = new ArrayList<>(found);
    List<Double> residuals = new ArrayList<>(found);
    List<Double> errors = new ArrayList<>(found);
    for (int i = 0; i < found; i++) {
      values.add(eigen.value(i));
      kernels.axpy(-eigen.value(i), row(ritzVectors, i), row(residualVectors, i));
      residuals.add(kernels.norm(row(residualVectors, i)));
      errors.add(error(eigen, i, residuals.get(i)));
    }
    return new Ritz(eigen, new Eigenpairs(values, residuals, errors, products), roundoff);
  }

  private static double error(SmallSymmetricEigen eigen, int i, double residual) {
    double gap = Double.POSITIVE_INFINITY;
    for (int j = 0; j < eigen.size(); j++) {
      gap = j == i ? gap : Math.min(gap, Math.abs(eigen.value(j) - eigen.value(i)));
    }
    boolean known = eigen.size() > 1 && gap > GAP_TO_RESIDUAL * residual;
    return known ? residual * residual / gap : residual;
  }

  /** result row i ← Σ_j eigen.vector(i)[j]·vectors row j, for i below rows. */
  private void combine(SmallSymmetricEigen eigen, int rows, Tensor vectors, Tensor result) {
    int size = vectors.rows();
    double[] weights = new double[rows * size];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(eigen.vector(i), 0, weights, i * size, size);
    }
    Tensor combination = combinations.view(0, rows, size);
    combination.set(weights);
    kernels.gemm(false, false, 1, combination, vectors, 0, rows(result, rows));
  }

  /** Rotates basis and image onto the best Ritz vectors. */
  private void restart(SmallSymmetricEigen eigen) {
    Tensor images = rows(image, basis.size());
    combine(eigen, kept, images, ritzVectors);
    kernels.copy(ritzVectors, rows(image, kept));
    combine(eigen, kept, basis.rows(basis.size()), ritzVectors);
    kernels.copy(ritzVectors, basis.rows(kept));
    basis.truncate(kept);
    for (int i = 0; i < kept; i++) {
      Arrays.fill(projected[i], 0, kept, 0);
      projected[i][i] = eigen.value(i);
    }
  }

  private static Tensor row(Tensor matrix, int i) {
    return matrix.view((long) i * matrix.columns(), 1, matrix.columns());
  }

  private static Tensor rows(Tensor matrix, int count) {
    return matrix.view(0, count, matrix.columns());
  }

  /** One Rayleigh–Ritz extraction. */
  private record Ritz(SmallSymmetricEigen eigen, Eigenpairs pairs, double roundoff) {
    /** The wanted pair with most error, in units of what is allowed, if above a limit; else −1. */
    int worst(double tolerance, double limit) {
      double leading = Math.abs(eigen.value(0));
      double size = Math.max(leading, Math.abs(eigen.value(eigen.size() - 1)));
      int worst = -1;
      double excess = limit;
      for (int i = 0; i < pairs.values().size(); i++) {
        double relative = i == 0 ? tolerance : TOLERANCE_OF_OTHERS * tolerance;
        double allowed = Math.max(relative * leading, ROUNDINGS * roundoff * size);
        double missed = pairs.errors().get(i) / allowed;
        if (missed > excess) {
          excess = missed;
          worst = i;
        }
      }
      return worst;
    }
  }
}
