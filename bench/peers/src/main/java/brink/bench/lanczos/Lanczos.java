package brink.bench.lanczos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * The k largest eigenvalues of a symmetric operator by restarted Lanczos from a random vector, as
 * {@code scipy.sparse.linalg.eigsh} (ARPACK) computes them: thick restart (Wu and Simon 2000) spans
 * the same subspaces as ARPACK's implicit restart with exact shifts. Full reorthogonalization.
 *
 * @param count k
 * @param basis vectors before a restart ({@code ncv}), more than count + 1
 * @param tolerance largest residual ‖Av − ρv‖ of each pair relative to |ρ| ({@code tol})
 * @param maxProducts hard cap on applications of the operator
 */
public record Lanczos(int count, int basis, double tolerance, int maxProducts) {
  private static final int MAX_PRODUCTS = 2_000;

  public Lanczos {
    if (count < 1 || basis < count + 2) {
      throw new IllegalArgumentException(
          "a basis of " + basis + " vectors does not hold " + count + " pairs and a restart");
    }
  }

  /**
   * What {@code eigsh(operator, 2)} does where the operator is in float32: 20 vectors ({@code ncv =
   * max(2k + 1, 20)}) and residuals down to the unit roundoff ({@code tol = 0}). The published code
   * of Cohen et al., "Gradient descent on neural networks typically occurs at the edge of
   * stability" (ICLR 2021), calls it so at every step that it measures.
   */
  public static Lanczos asPublished() {
    return new Lanczos(2, 20, 0x1p-24, MAX_PRODUCTS);
  }

  /** One eigenvalue as exactly as float64 gives it: the reference that others are compared with. */
  public static Lanczos converged() {
    return new Lanczos(1, 40, 1e-10, MAX_PRODUCTS);
  }

  /**
   * What was found.
   *
   * @param values descending
   * @param products applications of the operator spent
   * @param converged whether all residuals are within the tolerance
   */
  public record Result(List<Double> values, int products, boolean converged) {}

  /**
   * Solves from a random vector.
   *
   * @param operator must not modify its argument
   */
  public Result solve(UnaryOperator<double[]> operator, int dimension, Random random) {
    int capacity = Math.min(basis, dimension);
    KrylovBasis vectors = new KrylovBasis(capacity, random.doubles(dimension, -1, 1).toArray());
    int products = 0;
    while (true) {
      while (vectors.size() < capacity && products < maxProducts && !vectors.isExhausted()) {
        vectors.extend(operator);
        products++;
      }
      RitzPairs pairs = vectors.ritzPairs();
      int wanted = Math.min(count, pairs.size());
      int converged = converged(pairs, wanted);
      if (converged == wanted || vectors.isExhausted() || products >= maxProducts) {
        return new Result(values(pairs, wanted), products, converged == wanted);
      }
      vectors.restart(pairs, kept(converged, capacity));
    }
  }

  /** As ARPACK (dsaup2): converged pairs are kept beyond those wanted, so that it goes on. */
  private int kept(int converged, int capacity) {
    return count == 1 ? capacity / 2 : count + Math.min(converged, (capacity - count) / 2);
  }

  private int converged(RitzPairs pairs, int wanted) {
    int converged = 0;
    for (int i = 0; i < wanted; i++) {
      if (pairs.residual(i) <= tolerance * Math.abs(pairs.value(i))) {
        converged++;
      }
    }
    return converged;
  }

  private static List<Double> values(RitzPairs pairs, int count) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(pairs.value(i));
    }
    return values;
  }
}
