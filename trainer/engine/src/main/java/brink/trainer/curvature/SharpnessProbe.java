package brink.trainer.curvature;

import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Linearization;
import brink.trainer.random.RandomStream;
import brink.trainer.state.SavedState;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Follows the leading eigenpairs of the spherical Hessian along a run, each solution started from
 * an earlier one.
 *
 * <p>At the edge the Hessian alternates with period two, and its eigenvectors with it. So at the
 * iterate a solution starts from the last one of the same parity of steps; started from the step
 * before, it would be off by several per cent. The midpoint of two iterates does not alternate, so
 * there it starts from the last one. From time to time a solution from random vectors checks that
 * the one that is followed still leads.
 */
public final class SharpnessProbe {
  private final Kernels kernels;
  private final SharpnessSettings settings;
  private final LeadingEigensolver solver;
  private final String name;
  private final Tensor scratch;
  private final @Nullable Tensor[] tracked;
  private long measurements;
  private long coldSolutions;

  /**
   * A probe.
   *
   * @param solver for all weights, made with the same settings; may serve other probes, too
   * @param point where it will measure
   */
  public SharpnessProbe(LeadingEigensolver solver, SharpnessSettings settings, Point point) {
    if (solver.dimension() < 2) {
      throw new IllegalArgumentException(
          "a sphere needs two weights or more, not " + solver.dimension());
    }
    kernels = solver.kernels();
    this.solver = solver;
    this.settings = settings;
    name = "eigensolver " + point;
    scratch = kernels.allocate(settings.count(), solver.dimension());
    tracked = new @Nullable Tensor[point == Point.ITERATE ? 2 : 1];
  }

  /**
   * What one measurement found.
   *
   * @param vectors v₁, v₂, …, in rows
   * @param products Hessian-vector products spent
   * @param missed what the followed solution lacked of λ₁, relative to it, where a solution from
   *     random vectors checked it; null where none did
   */
  public record Measurement(
      List<Double> eigenvalues,
      List<Double> residuals,
      Tensor vectors,
      int products,
      @Nullable Double missed) {
    /** v₁, 1×dimension. */
    public Tensor leadingVector() {
      return vectors.row(0);
    }
  }

  /**
   * Measures at one point.
   *
   * @param step decides, by its parity, which earlier solution to start from
   * @param linearization at w
   * @param direction θ = w/‖w‖, 1×dimension, not modified
   * @param norm ‖w‖
   * @return its vectors are valid until the next measurement of the same parity
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public Measurement measure(
      long step, Linearization linearization, Tensor direction, double norm) {
    SphericalHessian hessian = new SphericalHessian(kernels, linearization, direction, norm);
    int phase = (int) (step % tracked.length);
    Tensor start = tracked[phase] == null ? tracked[tracked.length - 1 - phase] : tracked[phase];
    Eigenpairs pairs = solve(hessian, linearization, start);
    Tensor vectors = tracked[phase];
    if (vectors == null) {
      vectors = kernels.allocate(settings.count(), direction.columns());
      tracked[phase] = vectors;
    }
    keep(pairs, vectors);
    measurements++;
    boolean due = settings.coldEvery() > 0 && measurements % settings.coldEvery() == 0;
    int spent = pairs.products();
    Double missed = null;
    if (due && start != null) {
      Eigenpairs fresh = solveCold(hessian);
      spent += fresh.products();
      missed = missed(pairs, fresh);
      if (missed > 0) {
        pairs = fresh;
        keep(pairs, vectors);
      }
    }
    return new Measurement(pairs.values(), pairs.residuals(), vectors, spent, missed);
  }

  private Eigenpairs solve(
      SphericalHessian hessian, Linearization linearization, @Nullable Tensor start) {
    try {
      return start == null ? solveCold(hessian) : solveWarm(hessian, start);
    } catch (ArithmeticException notFinite) {
      var _ = linearization.defined(); // which knows better why, if it is not
      throw notFinite;
    }
  }

  /** (λ₁ − tracked)/λ₁ where that is more than the two errors, else 0. */
  private static double missed(Eigenpairs tracked, Eigenpairs fresh) {
    double excess = fresh.largest() - tracked.largest();
    boolean lost = excess > fresh.errors().getFirst() + tracked.errors().getFirst();
    return lost ? excess / Math.abs(fresh.largest()) : 0;
  }

  /** Adds what the next measurement depends on. */
  public void save(SavedState state) {
    state.put(name + " measurements", measurements);
    state.put(name + " cold solutions", coldSolutions);
    for (int phase = 0; phase < tracked.length; phase++) {
      Tensor vectors = tracked[phase];
      if (vectors != null) {
        state.put(vectorsName(phase), vectors);
      }
    }
  }

  /** Goes on from there; the settings must be the same. */
  public void restore(SavedState state) {
    measurements = state.number(name + " measurements");
    coldSolutions = state.number(name + " cold solutions");
    for (int phase = 0; phase < tracked.length; phase++) {
      if (state.hasVector(vectorsName(phase))) {
        Tensor vectors = kernels.allocate(scratch.rows(), scratch.columns());
        state.restore(vectorsName(phase), vectors);
        tracked[phase] = vectors;
      }
    }
  }

  private String vectorsName(int phase) {
    return name + " vectors " + phase;
  }

  private Eigenpairs solveWarm(SphericalHessian hessian, Tensor start) {
    return solver.solve(
        hessian, settings.count(), start, settings.tolerance(), settings.maxProducts());
  }

  private Eigenpairs solveCold(SphericalHessian hessian) {
    // a stream for each solution, so that their number is all there is to remember
    Random random = RandomStream.of(name + " " + coldSolutions, settings.seed());
    coldSolutions++;
    double[] values = new double[Math.toIntExact(scratch.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    scratch.set(values);
    return solver.solve(
        hessian, settings.count(), scratch, settings.tolerance(), settings.maxColdProducts());
  }

  private void keep(Eigenpairs pairs, Tensor vectors) {
    for (int i = 0; i < pairs.values().size(); i++) {
      kernels.copy(solver.vector(i), vectors.row(i));
    }
  }
}
