package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.curvature.SphericalSharpness;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.flow.DirectFlowTest;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Loss;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.network.Examples;
import brink.trainer.network.Mlp;
import brink.trainer.network.NetworkLandscape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the test of the flow says of training that follows it, and of training that does not. */
class FlowTestOfRunsTest {
  private final Kernels kernels = new CpuKernels(1);
  private final List<StepRecord> records = new ArrayList<>();

  @AfterEach
  void close() {
    kernels.close();
  }

  private static DescentSettings settings(double learningRate, double weightDecay, long steps) {
    return DescentSettings.of(new Hyperparameters(learningRate, weightDecay), steps)
        .withLogSharpnessGradientEvery(25);
  }

  private void bnLinear(DescentSettings settings) {
    Problem problem = SyntheticProblem.of(kernels, 1);
    var _ =
        new GradientDescent(problem.landscape(), problem.initialWeights(), settings, () -> 0)
            .run(records::add, () -> false);
  }

  /** A perceptron of many more weights than examples. */
  private void perceptron(DescentSettings settings) {
    DataSource source = DataSource.parse("synthetic:teacher?n=12&d=20&classes=3&test=10");
    var split = source.load(DataOptions.DEFAULT.withSeed(1));
    Mlp mlp = Mlp.batchNormalized(List.of(24), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);
    NetworkLandscape landscape =
        mlp.landscape(kernels, Examples.of(kernels, split.train()), null, 1);
    Tensor weights = kernels.allocate(1, landscape.dimension());
    weights.set(mlp.initialWeights(20, 1));
    var _ =
        new GradientDescent(landscape, weights, settings, () -> 0).run(records::add, () -> false);
  }

  private List<DirectFlowTest> tests(long from, long to) {
    List<DirectFlowTest> tests = new ArrayList<>();
    for (StepRecord record : records) {
      DirectFlowTest test = record.flowTest();
      if (test != null && test.startStep() >= from && record.step() <= to) {
        tests.add(test);
      }
    }
    return tests;
  }

  private static boolean hasPower(DirectFlowTest test) {
    return test.cosineError() < 0.1 && test.speedError() < test.predictedSpeed() / 3;
  }

  private static boolean agrees(DirectFlowTest test) {
    return 1 - test.cosine() <= 3 * test.cosineError()
        && Math.abs(test.speed() - test.predictedSpeed()) <= 3 * test.speedError();
  }

  private static double share(List<DirectFlowTest> tests, Predicate<DirectFlowTest> predicate) {
    assertThat(tests).isNotEmpty();
    return (double) tests.stream().filter(predicate).count() / tests.size();
  }

  /** First step with s ≥ 1 at the midpoint. */
  private long entry() {
    return records.stream()
        .filter(record -> record.step() > 100 && ratio(record) >= 1)
        .findFirst()
        .orElseThrow()
        .step();
  }

  private static double ratio(StepRecord record) {
    double rate =
        SphereGeometry.effectiveLearningRate(
            record.learningRate(), record.weightDecay(), record.weightNormSquared());
    return SphereGeometry.stabilityRatio(rate, record.sharpness().getFirst().largest());
  }

  @Test
  void bnLinear_atTheEdge_followsTheFlow() {
    bnLinear(settings(0.5, 2e-3, 4_000));
    List<DirectFlowTest> settled = tests(entry() + 800, 4_000);
    assertThat(share(settled, FlowTestOfRunsTest::hasPower)).isEqualTo(1);
    assertThat(share(settled, FlowTestOfRunsTest::agrees)).isGreaterThan(0.9);
    for (DirectFlowTest test : settled) {
      assertThat(test.cosine()).isGreaterThan(0.999);
      // a G² that is off by a tenth would be seen at once
      assertThat(test.speedError()).isLessThan(0.04 * test.predictedSpeed());
    }
  }

  @Test
  void bnLinear_beforeTheEdge_passesByChanceAtMost() {
    bnLinear(settings(0.5, 2e-3, 1_500));
    assertThat(ratio(records.getLast())).isBetween(0.1, 0.99);
    List<DirectFlowTest> tests = tests(0, 1_500);
    // as s comes near 1, one span of some twenty may
    assertThat(share(tests, test -> hasPower(test) && agrees(test))).isLessThan(0.05);
  }

  @Test
  void bnLinear_atTheEdge_hasTheExcessLossOfItsOscillation() {
    bnLinear(settings(0.5, 2e-3, 3_000).withLogSharpnessGradientEvery(0));
    double excess = 0;
    double predicted = 0;
    for (StepRecord record : records.subList((int) entry() + 800, 3_000)) {
      SphericalSharpness midpoint = record.sharpness().getFirst();
      double loss = Objects.requireNonNull(midpoint.loss());
      double rate =
          SphereGeometry.effectiveLearningRate(
              record.learningRate(), record.weightDecay(), record.weightNormSquared());
      double squaredAngle =
          SphereGeometry.angularStepSquared(
              rate, record.weightNormSquared(), record.gradientNormSquared());
      excess += record.loss() - loss;
      predicted += midpoint.largest() * squaredAngle / 8;
    }
    // the next order of the loss, x⁴, is η_in times as large, with coefficients of some ten
    assertThat(excess / predicted).isCloseTo(1, within(10e-3));
  }

  @Test
  void perceptron_withMoreWeightsThanExamples_followsTheFlowOfItsEdgeEigenvalues() {
    perceptron(settings(0.5, 2e-3, 2_400));
    List<DirectFlowTest> tests = tests(entry() + 500, 2_400);
    List<DirectFlowTest> telling = tests.stream().filter(FlowTestOfRunsTest::hasPower).toList();
    assertThat(telling).hasSizeGreaterThan(5);
    assertThat(share(telling, FlowTestOfRunsTest::agrees)).isGreaterThan(0.8);
    assertThat(share(telling, test -> test.cosine() > 0.98)).isGreaterThan(0.8);
    // by two eigenvalues at the threshold for the most part
    assertThat(
            records.stream()
                .flatMap(record -> record.sharpness().stream())
                .filter(sharpness -> sharpness.edgeGradient() != null))
        .hasSizeGreaterThan(10);
  }

  @Test
  void perceptron_beforeTheEdge_isNotTestedOrFails() {
    perceptron(settings(0.5, 2e-3, 1_000));
    // it moves down the slope of the loss, which is no flow of the oscillation
    assertThat(
            records.stream()
                .filter(record -> record.step() >= 300)
                .flatMap(record -> record.sharpness().stream())
                .map(SphericalSharpness::slopeRate)
                .filter(Objects::nonNull))
        .hasSizeGreaterThan(10);
    List<DirectFlowTest> tests = tests(300, 1_000);
    assertThat(tests)
        .hasSizeLessThan(3)
        .noneMatch(FlowTestOfRunsTest::agrees)
        .allMatch(test -> test.cosine() < 0.2);
  }

  @Test
  void run_iteratesOnly_testsNothing() {
    bnLinear(settings(0.5, 2e-3, 200).withCurvature(CurvaturePoints.ITERATE, 1));
    assertThat(records).allMatch(record -> record.flowTest() == null);
  }
}
