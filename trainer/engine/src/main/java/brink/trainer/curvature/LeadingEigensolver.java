package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Scalar;
import brink.trainer.kernels.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
  private final Scalar[] squaredResiduals;
  private final double[][] projected;
  private final int kept;
  private int wanted;
  private int applied;
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
    squaredResiduals = Stream.generate(kernels::allocateScalar).limit(count).toArray(Scalar[]::new);
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
    applied = 0;
    products = 0;
    for (int i = 0; i < start.rows() && mayGrow(operator, maxProducts); i++) {
      basis.add(start.row(i), operator, ROUNDINGS * roundoff);
    }
    applyToNew(operator);
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
      if (!expand(operator, residualVectors.row(target))) {
        return ritz.pairs;
      }
    }
  }

  /** Eigenvector i of the last solution, 1×dimension; a view that the next solution overwrites. */
  Tensor vector(int i) {
    return ritzVectors.row(i);
  }

  private boolean mayGrow(SymmetricOperator operator, int maxProducts) {
    int waiting = basis.size() - applied;
    return products + waiting < maxProducts && basis.size() < operator.rank();
  }

  private boolean expand(SymmetricOperator operator, Tensor v) {
    if (basis.add(v, operator, ROUNDINGS * roundoff) == 0) {
      return false;
    }
    applyToNew(operator);
    return true;
  }

  /** Images of the vectors that the basis has gained, and their part of the projected operator. */
  private void applyToNew(SymmetricOperator operator) {
    int size = basis.size();
    int added = size - applied;
    if (added == 0) {
      return;
    }
    Tensor images = image.rows(applied, added);
    operator.applyToRows(basis.rowsFrom(applied), images);
    products += added;
    Tensor block = combinations.view(0, added, size);
    kernels.gemm(false, true, 1, images, basis.rows(size), 0, block);
    double[] entries = block.get();
    for (int i = 0; i < added; i++) {
      for (int j = 0; j <= applied + i; j++) {
        projected[j][applied + i] = entries[i * size + j];
        projected[applied + i][j] = entries[i * size + j];
      }
    }
    applied = size;
  }

  private Ritz rayleighRitz() {
    int found = Math.min(wanted, basis.size());
    SmallSymmetricEigen eigen = SmallSymmetricEigen.of(projected, basis.size());
    combine(eigen, found, basis.rows(basis.size()), ritzVectors);
    combine(eigen, found, image.rows(0, basis.size()), residualVectors);
    for (int i = 0; i < found; i++) {
      Tensor residual = residualVectors.row(i);
      kernels.axpy(-eigen.value(i), ritzVectors.row(i), residual);
      kernels.dot(residual, residual, squaredResiduals[i]);
    }
    List<Double> values = new ArrayList<>(found);
    List<Double> residuals = new ArrayList<>(found);
    List<Double> errors = new ArrayList<>(found);
    for (int i = 0; i < found; i++) {
      values.add(eigen.value(i));
      residuals.add(Math.sqrt(squaredResiduals[i].get()));
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
    kernels.gemm(false, false, 1, combination, vectors, 0, result.rows(0, rows));
  }

  /** Rotates basis and image onto the best Ritz vectors. */
  private void restart(SmallSymmetricEigen eigen) {
    Tensor images = image.rows(0, basis.size());
    combine(eigen, kept, images, ritzVectors);
    kernels.copy(ritzVectors, image.rows(0, kept));
    combine(eigen, kept, basis.rows(basis.size()), ritzVectors);
    kernels.copy(ritzVectors, basis.rows(kept));
    basis.truncate(kept);
    applied = kept;
    for (int i = 0; i < kept; i++) {
      Arrays.fill(projected[i], 0, kept, 0);
      projected[i][i] = eigen.value(i);
    }
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
