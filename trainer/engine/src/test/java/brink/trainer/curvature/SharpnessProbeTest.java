package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharpnessProbeTest {
  private static final int N = 100;
  private static final double TOP = 4;

  private final Kernels kernels = new CpuKernels(1);
  private final Tensor direction = kernels.allocate(1, N);
  // no part in θ, so that the top of the tangent Hessian is that of the matrix
  private final MatrixLinearization even = withTop(alternating(1));
  private final MatrixLinearization odd = withTop(alternating(-1));

  SharpnessProbeTest() {
    double[] last = new double[N];
    last[N - 1] = 1;
    direction.set(last);
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  private static SharpnessSettings settings(int maxProducts, int coldEvery) {
    return new SharpnessSettings(1, 1e-12, maxProducts, 500, coldEvery, 24, 1);
  }

  /** Unit vectors orthogonal to θ, of which two of opposite sign are 60° apart. */
  private static double[] alternating(int sign) {
    SimpleMatrix mean = tangent(1);
    SimpleMatrix swing = tangent(2);
    swing = swing.minus(mean.scale(mean.dot(swing)));
    return mean.scale(Math.sqrt(0.75))
        .plus(swing.scale(sign * 0.5 / swing.normF()))
        .getDDRM()
        .getData();
  }

  private static SimpleMatrix tangent(long seed) {
    double[] entries = Initialization.onSphere(seed, N, 1);
    entries[N - 1] = 0;
    SimpleMatrix v = new SimpleMatrix(N, 1, true, entries);
    return v.divide(v.normF());
  }

  private MatrixLinearization withTop(double[] top) {
    double[] bulk = new double[N];
    for (int i = 0; i < N - 1; i++) {
      bulk[i] = 2.0 * i / N;
    }
    SimpleMatrix v = new SimpleMatrix(N, 1, true, top);
    SimpleMatrix rest = SimpleMatrix.identity(N).minus(v.mult(v.transpose()));
    SimpleMatrix hessian =
        rest.mult(SimpleMatrix.diag(bulk)).mult(rest).plus(v.mult(v.transpose()).scale(TOP));
    return new MatrixLinearization(kernels, hessian);
  }

  private SharpnessProbe probe(int dimension, SharpnessSettings settings, Point point) {
    var solver = new LeadingEigensolver(kernels, dimension, settings);
    return new SharpnessProbe(solver, settings, point);
  }

  private double error(SharpnessProbe probe, long step, MatrixLinearization here) {
    return Math.abs(probe.measure(step, here, direction, 1).eigenvalues().getFirst() / TOP - 1);
  }

  @Test
  void measure_periodTwoAtTheIterate_startsFromTheSamePhase() {
    SharpnessProbe probe = probe(N, settings(2, 0), Point.ITERATE);
    for (long step = 0; step < 20; step++) {
      error(probe, step, step % 2 == 0 ? even : odd);
    }
    assertThat(error(probe, 20, even)).isLessThan(1e-6);
    assertThat(error(probe, 21, odd)).isLessThan(1e-6);
  }

  @Test
  void measure_periodTwoFromTheLastStep_isTheTrap() {
    SharpnessProbe probe = probe(N, settings(2, 0), Point.MIDPOINT);
    for (long step = 0; step < 20; step++) {
      error(probe, step, step % 2 == 0 ? even : odd);
    }
    assertThat(error(probe, 20, even)).isGreaterThan(0.01);
  }

  @Test
  void measure_firstTime_convergesFromRandomVectors() {
    SharpnessProbe probe = probe(N, settings(2, 0), Point.MIDPOINT);
    assertThat(error(probe, 0, even)).isLessThan(1e-11);
  }

  @Test
  void measure_norm_scalesToTheUnitSphere() {
    SharpnessProbe probe = probe(N, settings(2, 0), Point.MIDPOINT);
    var found = probe.measure(0, even, direction, 3);
    assertThat(found.eigenvalues().getFirst()).isCloseTo(9 * TOP, within(1e-9));
  }

  @Test
  void measure_anotherEigenvalueOvertakesUnseen_isFoundByTheColdCheck() {
    // both have the tracked vector as an exact eigenvector: Krylov from it never leaves it
    MatrixLinearization before = new MatrixLinearization(kernels, diagonal(3, 1));
    MatrixLinearization after = new MatrixLinearization(kernels, diagonal(3, TOP));
    SharpnessProbe probe = probe(N, settings(1, 5), Point.MIDPOINT);
    for (long step = 0; step < 3; step++) {
      error(probe, step, before);
    }
    var lost = probe.measure(3, after, direction, 1);
    assertThat(lost.eigenvalues().getFirst() / TOP).isCloseTo(0.75, within(1e-6));
    assertThat(lost.missed()).isNull();
    var checked = probe.measure(4, after, direction, 1);
    assertThat(checked.eigenvalues().getFirst() / TOP).isCloseTo(1, within(1e-11));
    assertThat(checked.missed()).isCloseTo(0.25, within(1e-6));
    assertThat(error(probe, 5, after)).isLessThan(1e-11);
  }

  @Test
  void measure_checkedAndStillLeading_missedNothing() {
    SharpnessProbe probe = probe(N, settings(2, 2), Point.MIDPOINT);
    error(probe, 0, even);
    assertThat(probe.measure(1, even, direction, 1).missed()).isEqualTo(0);
  }

  private static SimpleMatrix diagonal(double first, double second) {
    double[] entries = Initialization.normal(1, N, 0.1);
    entries[0] = first;
    entries[1] = second;
    return SimpleMatrix.diag(entries);
  }

  @Test
  void measure_sameSeed_givesSameBits() {
    SharpnessProbe first = probe(N, settings(3, 2), Point.MIDPOINT);
    SharpnessProbe second = probe(N, settings(3, 2), Point.MIDPOINT);
    for (long step = 0; step < 4; step++) {
      assertThat(second.measure(step, even, direction, 1).eigenvalues())
          .isEqualTo(first.measure(step, even, direction, 1).eigenvalues());
    }
  }

  @Test
  void constructor_oneWeight_isRefused() {
    assertThatThrownBy(() -> probe(1, settings(2, 0), Point.ITERATE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
