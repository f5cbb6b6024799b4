package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.flow.PlanePosition;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.DenseBnLinear;
import brink.trainer.oracle.DenseEigen;
import brink.trainer.oracle.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The plane of a run of bn-linear (n = 20, d = 40) at η_in = 1e-3, which enters the edge at step
 * 700: against dense algebra of the same iterates, and against theory.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PlaneOfRunsTest {
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.5, 2e-3);
  private static final double INTRINSIC = HYPERPARAMETERS.intrinsicLearningRate();
  private static final int STEPS = 1_500;
  private static final int EVERY = 50;

  /** From where on the oscillation has its size. */
  private static final int SETTLED = 1_000;

  // Exact to rounding: 38 products would exhaust the tangent space.
  private static final SharpnessSettings EXACT =
      new SharpnessSettings(2, 1e-10, 38, 100, 500, 38, 1);

  private final DenseBnLinear dense = new DenseBnLinear(Golden.inputs(), Golden.targets());
  private final List<SimpleMatrix> directions = new ArrayList<>();
  private final List<StepRecord> records = new ArrayList<>();

  @BeforeAll
  void run() {
    try (Kernels kernels = new CpuKernels(1)) {
      Tensor weights = kernels.allocate(1, 40);
      weights.set(Golden.initialWeights());
      DescentSettings settings =
          DescentSettings.of(HYPERPARAMETERS, STEPS)
              .withSharpness(EXACT)
              .withLogSharpnessGradientEvery(10)
              .withPlaneEvery(EVERY);
      BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
      GradientDescent descent = new GradientDescent(landscape, weights, settings, () -> 0);
      var _ =
          descent.run(
              record -> {
                records.add(record);
                double[] w = descent.save().vector("weights").values().get();
                directions.add(unit(new SimpleMatrix(w.length, 1, true, w)));
              },
              () -> false);
    }
  }

  private PlanePosition position(int step) {
    return Objects.requireNonNull(records.get(step).plane(), "no position at step " + step);
  }

  private static SimpleMatrix unit(SimpleMatrix v) {
    return v.divide(v.normF());
  }

  private static SimpleMatrix without(SimpleMatrix direction, SimpleMatrix v) {
    return v.minus(direction.scale(direction.dot(v)));
  }

  private SimpleMatrix midpoint(int step) {
    return unit(directions.get(step).plus(directions.get(step + 1)));
  }

  private SimpleMatrix leading(SimpleMatrix point) {
    return DenseEigen.leadingVector(dense.sphericalHessian(point.getDDRM().getData()));
  }

  /** v of the frame, turned as the published coordinate is. */
  private SimpleMatrix oscillation(SimpleMatrix origin, int step) {
    SimpleMatrix v = unit(without(origin, leading(origin)));
    boolean turned = v.dot(directions.get(step)) * position(step).oscillation() < 0;
    return turned ? v.scale(-1) : v;
  }

  /** Largest angle between the eigenvector that the run found at an anchor and the true one. */
  private double eigenvectorError() {
    double largest = 0;
    for (int anchor = SETTLED - 2 * EVERY; anchor < STEPS; anchor += EVERY) {
      SphericalSharpness found = records.get(anchor).sharpness().getFirst();
      double gap = found.eigenvalues().get(0) - found.eigenvalues().get(1);
      largest = Math.max(largest, found.residuals().getFirst() / gap);
    }
    return largest;
  }

  @Test
  void position_everyStepAtTheEdge_isThatOfDenseAlgebra() {
    double error = eigenvectorError();
    // of what it multiplies, 0.1 rad at most, in each of the frames
    double coordinateError = 0.1 * error * (STEPS - SETTLED + EVERY) / EVERY;
    // a thousandth of the oscillation
    assertThat(coordinateError).isLessThan(3e-5);
    SimpleMatrix slowBefore = null;
    SimpleMatrix oscillationBefore = null;
    double slowOrigin = position(SETTLED).slow() - coordinateInItsFrame(SETTLED);
    for (int anchor = SETTLED - EVERY; anchor + 1 < STEPS - 1; anchor += EVERY) {
      SimpleMatrix origin = midpoint(anchor);
      SimpleMatrix v = oscillation(origin, anchor + 1);
      SimpleMatrix moved = origin.minus(midpoint(anchor - EVERY));
      SimpleMatrix u = unit(without(v, without(origin, moved)));
      PlanePosition.Frame frame = Objects.requireNonNull(position(anchor + 1).frame());
      assertThat(frame.sinceStep()).isEqualTo(anchor - EVERY);
      PlanePosition.Turn turn = Objects.requireNonNull(frame.turn());
      if (slowBefore != null && oscillationBefore != null) {
        slowOrigin += origin.dot(slowBefore);
        assertThat(turn.slow()).isCloseTo(u.dot(slowBefore), within(2 * error));
        assertThat(turn.oscillation()).isCloseTo(v.dot(oscillationBefore), within(2 * error));
      }
      assertThat(frame.slowOrigin()).isCloseTo(slowOrigin, within(coordinateError));
      for (int step = anchor + 1; step <= Math.min(anchor + EVERY, STEPS - 1); step++) {
        PlanePosition found = position(step);
        assertThat(found.anchorStep()).isEqualTo(anchor);
        assertThat(found.frame() != null).isEqualTo(step == anchor + 1);
        double slow = slowOrigin + u.dot(directions.get(step));
        assertThat(found.slow()).isCloseTo(slow, within(coordinateError));
        double oscillation = v.dot(directions.get(step));
        assertThat(found.oscillation()).isCloseTo(oscillation, within(coordinateError));
      }
      slowBefore = u;
      oscillationBefore = v;
    }
  }

  /** Slow coordinate within the frame that ends at an anchor. */
  private double coordinateInItsFrame(int anchor) {
    SimpleMatrix origin = midpoint(anchor - EVERY);
    SimpleMatrix v = oscillation(origin, anchor);
    SimpleMatrix moved = origin.minus(midpoint(anchor - 2 * EVERY));
    return unit(without(v, without(origin, moved))).dot(directions.get(anchor));
  }

  @Test
  void oscillation_atTheEdge_isTheAngleOfAStep() {
    double squared = 0;
    double angles = 0;
    for (int step = SETTLED; step + 1 < STEPS; step++) {
      StepRecord now = records.get(step);
      double rate =
          SphereGeometry.effectiveLearningRate(
              now.learningRate(), now.weightDecay(), now.weightNormSquared());
      angles +=
          SphereGeometry.angularStepSquared(
              rate, now.weightNormSquared(), now.gradientNormSquared());
      if (position(step).anchorStep() == position(step + 1).anchorStep()) {
        double moved = position(step + 1).oscillation() - position(step).oscillation();
        squared += moved * moved * EVERY / (EVERY - 1);
      }
    }
    // tan² of the angle against the square of its chord, and the motion along Γ: of order η_in
    assertThat(squared).isCloseTo(angles, withinPercentage(1));
  }

  @Test
  void slow_atTheEdge_isThePathOfTheFlow() {
    double path = 0;
    for (int step = SETTLED; step < STEPS; step++) {
      Double measured =
          records.get(step - step % 10).sharpness().getFirst().logSharpnessGradientSquared();
      double squared = Objects.requireNonNull(measured);
      path += INTRINSIC * 2 * Math.sqrt(squared) / (4 + squared);
    }
    // from phase to phase, so that what the oscillation leaves along u is the same at both ends
    double moved = position(STEPS - 2).slow() - position(SETTLED).slow();
    // the flow is of leading order in √η_in
    assertThat(moved).isCloseTo(path, withinPercentage(5));
  }

  @Test
  void position_beforeTheSecondAnchor_isAbsent() {
    for (int step = 0; step <= EVERY; step++) {
      assertThat(records.get(step).plane()).isNull();
    }
    PlanePosition first = position(EVERY + 1);
    assertThat(first.anchorStep()).isEqualTo(EVERY);
    assertThat(first.frame()).isEqualTo(new PlanePosition.Frame(0, 0, null));
  }
}
