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
   * Two eigenvalues, the first to 1 % of itself, which is a tenth of what the stability ratio
   * overshoots by at the onset. The caps are far above the usual cost (2 to 5 products warm, 10 to
   * 40 cold); a check every 500 measurements costs under 0.1 product per step.
   */
  public static final SharpnessSettings DEFAULT =
      new SharpnessSettings(2, 0.01, 12, 100, 500, 24, 1);

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
