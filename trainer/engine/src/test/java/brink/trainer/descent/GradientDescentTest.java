package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.DescentOutcome.Status;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientDescentTest {
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.5, 0.02);
  private static final DescentSettings PLAIN =
      DescentSettings.of(HYPERPARAMETERS, 50).withCurvature(CurvaturePoints.NONE, 1);

  private final Kernels kernels = new CpuKernels(1);
  private final Problem problem = SyntheticProblem.of(kernels, 1);
  private final List<StepRecord> records = new ArrayList<>();
  private final List<double[]> gradients = new ArrayList<>();

  @AfterEach
  void close() {
    kernels.close();
  }

  private DescentOutcome run(DescentSettings settings) {
    return run(settings, problem.initialWeights());
  }

  private DescentOutcome run(DescentSettings settings, Tensor start) {
    return new GradientDescent(problem.landscape(), start, settings, () -> 0)
        .run(this::keep, () -> false);
  }

  private void keep(StepRecord record) {
    records.add(record);
    gradients.add(record.gradient().get());
  }

  private static SimpleMatrix column(double[] v) {
    return new SimpleMatrix(v.length, 1, true, v);
  }

  @Test
  void run_everyStep_keepsTheNormLedger() {
    run(PLAIN);
    for (int t = 0; t + 1 < records.size(); t++) {
      StepRecord now = records.get(t);
      double rate =
          SphereGeometry.effectiveLearningRate(
              now.learningRate(), now.weightDecay(), now.weightNormSquared());
      double angle =
          SphereGeometry.angularStepSquared(
              rate, now.weightNormSquared(), now.gradientNormSquared());
      double predicted =
          SphereGeometry.nextWeightNormSquared(
              HYPERPARAMETERS.intrinsicLearningRate(), now.weightNormSquared(), angle);
      // sums of 80 squares
      assertThat(records.get(t + 1).weightNormSquared())
          .isCloseTo(predicted, within(1e-14 * predicted));
    }
  }

  @Test
  void run_weights_followTheUpdateRule() {
    run(PLAIN);
    SimpleMatrix w = column(problem.initialWeights().get());
    for (int t = 0; t < records.size(); t++) {
      assertThat(records.get(t).weightNormSquared()).isCloseTo(w.dot(w), within(1e-12));
      w = w.scale(1 - 0.5 * 0.02).minus(column(gradients.get(t)).scale(0.5));
    }
  }

  @Test
  void run_twoGradients_giveCosineAndDirectionalCurvature() {
    run(PLAIN);
    assertThat(records.getFirst().gradientCosine()).isNull();
    assertThat(records.getFirst().directionalCurvature()).isNull();
    SimpleMatrix w0 = column(problem.initialWeights().get());
    SimpleMatrix g0 = column(gradients.get(0));
    SimpleMatrix g1 = column(gradients.get(1));
    SimpleMatrix moved = w0.scale(-0.5 * 0.02).minus(g0.scale(0.5));
    assertThat(records.get(1).gradientCosine())
        .isCloseTo(g0.dot(g1) / (g0.normF() * g1.normF()), within(1e-13));
    // the differences lose four digits
    assertThat(records.get(1).directionalCurvature())
        .isCloseTo(g1.minus(g0).dot(moved) / moved.dot(moved), within(1e-11));
  }

  @Test
  void run_sameProblemTwice_givesSameBits() {
    DescentSettings settings =
        DescentSettings.of(HYPERPARAMETERS, 50)
            .withCurvature(CurvaturePoints.BOTH, 1)
            .withLogSharpnessGradientEvery(10)
            .withEvaluateEvery(10);
    run(settings);
    List<String> first = records.stream().map(GradientDescentTest::bits).toList();
    records.clear();
    Problem again = SyntheticProblem.of(kernels, 1);
    new GradientDescent(again.landscape(), again.initialWeights(), settings, () -> 0)
        .run(this::keep, () -> false);
    assertThat(records.stream().map(GradientDescentTest::bits)).isEqualTo(first);
    assertThat(first.get(10)).contains("trainLoss");
  }

  /** All that a record holds but the tensor, whose name differs. */
  private static String bits(StepRecord record) {
    return record.toString().replaceAll("gradient=.*", "");
  }

  @Test
  void run_cadences_measureOnlyWhenDue() {
    run(
        DescentSettings.of(HYPERPARAMETERS, 17)
            .withCurvature(CurvaturePoints.BOTH, 4)
            .withLogSharpnessGradientEvery(8)
            .withEvaluateEvery(3));
    for (StepRecord record : records) {
      List<Point> points = record.sharpness().stream().map(SphericalSharpness::point).toList();
      switch ((int) record.step() % 4) {
        case 0 -> assertThat(points).containsExactly(Point.ITERATE, Point.MIDPOINT);
        case 1 -> assertThat(points).containsExactly(Point.ITERATE);
        default -> assertThat(points).isEmpty();
      }
      assertThat(record.scores() != null).isEqualTo(record.step() % 3 == 0);
      for (SphericalSharpness sharpness : record.sharpness()) {
        assertThat(sharpness.logSharpnessGradientSquared() != null)
            .isEqualTo(sharpness.point() == Point.MIDPOINT && record.step() % 8 == 0);
      }
    }
  }

  @Test
  void run_default_measuresAtTheMidpoint() {
    run(DescentSettings.of(HYPERPARAMETERS, 1));
    assertThat(records.getFirst().sharpness())
        .singleElement()
        .satisfies(
            sharpness -> {
              assertThat(sharpness.point()).isEqualTo(Point.MIDPOINT);
              assertThat(sharpness.eigenvalues())
                  .hasSize(2)
                  .isSortedAccordingTo((a, b) -> Double.compare(b, a));
              assertThat(sharpness.alignment()).isNotNull().isBetween(-1.0, 1.0);
            });
  }

  @Test
  void run_iterateOnly_measuresTheLogSharpnessGradientThere() {
    run(
        DescentSettings.of(HYPERPARAMETERS, 1)
            .withCurvature(CurvaturePoints.ITERATE, 1)
            .withLogSharpnessGradientEvery(1));
    assertThat(records.getFirst().sharpness().getFirst().logSharpnessGradientSquared()).isNotNull();
  }

  @Test
  void run_allSteps_completes() {
    assertThat(run(PLAIN)).isEqualTo(new DescentOutcome(49, Status.COMPLETED));
    assertThat(records).hasSize(50);
  }

  @Test
  void run_askedToStop_endsAfterTheStepInHand() {
    DescentOutcome outcome =
        new GradientDescent(problem.landscape(), problem.initialWeights(), PLAIN, () -> 0)
            .run(this::keep, () -> records.size() == 3);
    assertThat(outcome).isEqualTo(new DescentOutcome(2, Status.STOPPED));
    assertThat(records).hasSize(3);
  }

  @Test
  void run_weightsNotFinite_handsOutTheLastRecordAndDiverges() {
    double[] broken = problem.initialWeights().get();
    broken[3] = Double.NaN;
    Tensor start = kernels.allocate(1, broken.length);
    start.set(broken);
    DescentOutcome outcome = run(DescentSettings.of(HYPERPARAMETERS, 50), start);
    assertThat(outcome).isEqualTo(new DescentOutcome(0, Status.DIVERGED));
    assertThat(records).singleElement().satisfies(record -> assertThat(record.loss()).isNaN());
    assertThat(records.getFirst().sharpness()).isEmpty();
  }

  @Test
  void run_weightsOverflow_diverges() {
    // the gradient of 1/‖w‖ sends weights this small out of range
    Tensor start = kernels.allocate(1, 80);
    kernels.copy(problem.initialWeights(), start);
    kernels.scale(1e-160, start);
    assertThat(run(DescentSettings.of(new Hyperparameters(1, 0), 5), start).status())
        .isEqualTo(Status.DIVERGED);
  }

  @Test
  void run_lossUndefined_namesTheStep() {
    double[][] same = {{1, 2}, {1, 3}};
    BnLinear constant = BnLinear.from(kernels, same, new double[] {1, 2});
    Tensor start = kernels.allocate(1, 2);
    start.set(new double[] {1, 0});
    GradientDescent descent = new GradientDescent(constant, start, PLAIN, () -> 0);
    assertThatThrownBy(() -> descent.run(this::keep, () -> false))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("step 0: ");
  }

  @Test
  void run_clock_timesGradientAndCurvature() {
    AtomicLong clock = new AtomicLong();
    new GradientDescent(
            problem.landscape(), problem.initialWeights(), PLAIN, () -> clock.addAndGet(5))
        .run(this::keep, () -> false);
    assertThat(records.getFirst().gradientNanos()).isEqualTo(5);
    assertThat(records.getFirst().curvatureNanos()).isEqualTo(5);
  }

  @Test
  void hyperparameters_outOfRange_areRefused() {
    assertThatThrownBy(() -> new Hyperparameters(0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hyperparameters(1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hyperparameters(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
