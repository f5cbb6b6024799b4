package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Linearization;
import brink.trainer.random.RandomStream;
import java.util.List;
import java.util.Random;

/**
 * All leading eigenpairs of the spherical Hessian that stand at a threshold, also where these are
 * more than a {@link SharpnessProbe} follows: solves for more and more of them until one is below
 * it. Nothing is kept from one time to the next, so that a resumed run finds the same.
 */
public final class EdgeSpectrum {
  /**
   * Largest error of λ₁ relative to it; ten times that of the others, whose distance from the
   * threshold has to be told to a part of √η_in, 0.7 % at η_in = 5e-5.
   */
  private static final double TOLERANCE = 3e-4;

  /** Pairs that are asked for beyond those that are known. */
  private static final int STRIDE = 2;

  /**
   * Vectors of the basis, in pairs: the solver needs two, and restarts the less the more it has.
   */
  private static final double ROOM = 2.5;

  private static final int MOST_PRODUCTS_PER_PAIR = 40;

  private final Kernels kernels;
  private final LeadingEigensolver solver;
  private final Tensor start;
  private final int most;
  private final long seed;

  /**
   * Allocates some eight vectors for each pair.
   *
   * @param most largest number of eigenpairs that may be at the threshold
   * @param seed of the random start vectors
   */
  public EdgeSpectrum(Kernels kernels, int dimension, int most, long seed) {
    this.kernels = kernels;
    this.most = Math.min(most, dimension - 2);
    this.seed = seed;
    int pairs = this.most + 1;
    solver = new LeadingEigensolver(kernels, dimension, pairs, basisSize(pairs));
    start = kernels.allocate(pairs, dimension);
  }

  private static int basisSize(int pairs) {
    return Math.max(2 * pairs + 2, (int) (ROOM * pairs));
  }

  /** Number of vectors of the weights' length that one allocates. */
  public static long vectors(int most) {
    int pairs = most + 1;
    int basis = basisSize(pairs);
    return 2L * basis + basis / 2 + 2L * pairs;
  }

  /**
   * What was found.
   *
   * @param eigenvalues at the threshold, descending; λ₁ in any case
   * @param vectors of these, in rows; valid until the next time
   * @param isWhole whether one more was seen to lie below the threshold
   * @param products Hessian-vector products spent
   */
  public record Found(List<Double> eigenvalues, Tensor vectors, boolean isWhole, int products) {}

  /**
   * Finds them.
   *
   * @param step which random vectors to start from
   * @param linearization at θ
   * @param direction θ, 1×dimension, not modified
   * @param followed eigenpairs that are known, from which it starts
   * @param threshold in units of eigenvalues
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public Found at(
      long step,
      Linearization linearization,
      Tensor direction,
      SharpnessProbe.Measurement followed,
      double threshold) {
    SphericalHessian hessian = new SphericalHessian(kernels, linearization, direction, 1);
    int known = Math.min(followed.eigenvalues().size(), most);
    kernels.copy(followed.vectors().rows(0, known), start.rows(0, known));
    int spent = 0;
    while (true) {
      int wanted = Math.min(known + STRIDE, most + 1);
      randomize(step, known, wanted);
      Eigenpairs pairs =
          solver.solve(
              hessian, wanted, start.rows(0, wanted), TOLERANCE, MOST_PRODUCTS_PER_PAIR * wanted);
      spent += pairs.products();
      int found = pairs.values().size();
      int count = EdgeThreshold.count(pairs.values(), pairs.residuals(), threshold);
      for (int i = 0; i < found; i++) {
        kernels.copy(solver.vector(i), start.row(i));
      }
      if (count < found || found > most || found < wanted) {
        int kept = Math.min(count, most);
        return new Found(
            List.copyOf(pairs.values().subList(0, kept)),
            start.rows(0, kept),
            count < found && count <= most,
            spent);
      }
      known = found;
    }
  }

  private void randomize(long step, int from, int to) {
    Random random = RandomStream.of("edge spectrum " + step + " " + from, seed);
    double[] values = new double[start.columns()];
    for (int row = from; row < to; row++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
      start.row(row).set(values);
    }
  }
}
