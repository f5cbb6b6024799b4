package brink.trainer.curvature;

/**
 * How curvature is measured.
 *
 * @param count k, the number of leading eigenvalues
 * @param tolerance largest estimated error of λ₁ relative to it
 * @param maxProducts hard cap on Hessian-vector products of one warm-started solution
 * @param maxColdProducts hard cap of one solution from random vectors
 * @param coldEvery a solution from random vectors checks every so many measurements that the
 *     tracked eigenvector is still the leading one; 0 for never
 * @param basisSize vectors that the eigensolver holds before it restarts
 * @param seed of the random start vectors
 */
public record SharpnessSettings(
    int count,
    double tolerance,
    int maxProducts,
    int maxColdProducts,
    int coldEvery,
    int basisSize,
    long seed) {
  /**
   * Two eigenvalues, the first to 0.7 % of itself: the median error is then a tenth of that, at the
   * least number of products (docs/decisions/curvature.md). The caps are above the usual cost (3 to
   * 4 products warm, 5 to 7 cold, on bn-linear and on a small MLP at the edge), so that a check
   * every 100 measurements costs 2 %, and the basis holds a warm solution without a restart.
   */
  public static final SharpnessSettings DEFAULT =
      new SharpnessSettings(2, 0.007, 12, 100, 100, 14, 1);

  public SharpnessSettings {
    if (count < 1 || maxProducts < count || maxColdProducts < count || basisSize < 2 * count + 2) {
      throw new IllegalArgumentException(
          "the caps and the basis size must leave room for " + count + " eigenvalues");
    }
    if (!(tolerance > 0) || coldEvery < 0) {
      throw new IllegalArgumentException("the tolerance must be positive, coldEvery not negative");
    }
  }

  /** The same with another seed. */
  public SharpnessSettings withSeed(long newSeed) {
    return new SharpnessSettings(
        count, tolerance, maxProducts, maxColdProducts, coldEvery, basisSize, newSeed);
  }
}
