package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.curvature.SphereGeometry;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescentRuleTest {
  private static final Hyperparameters RATES = new Hyperparameters(0.5, 0.02);

  private final Kernels kernels = new CpuKernels(1);
  private final Problem problem = SyntheticProblem.of(kernels, 1);
  private final List<StepRecord> records = new ArrayList<>();
  private final List<double[]> gradients = new ArrayList<>();

  @AfterEach
  void close() {
    kernels.close();
  }

  private double[] run(DescentSettings settings) {
    GradientDescent descent =
        new GradientDescent(problem.landscape(), problem.initialWeights(), settings, () -> 0);
    var _ =
        descent.run(
            step -> {
              records.add(step);
              gradients.add(step.gradient().get());
            },
            () -> false);
    return descent.save().vector("weights").values().get();
  }

  private static DescentSettings plain(long steps) {
    return DescentSettings.of(RATES, steps).withCurvature(CurvaturePoints.NONE, 1);
  }

  @Test
  void withMomentum_zero_isThePlainRule() {
    assertThat(DescentRule.withMomentum(0)).isEqualTo(new DescentRule.Plain());
    assertThatThrownBy(() -> DescentRule.withMomentum(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("momentum");
  }

  @Test
  void heavyBall_weights_followPyTorchsSgd() {
    double[] found = run(plain(30).withRule(DescentRule.withMomentum(0.9)));
    double[] w = problem.initialWeights().get();
    double[] buffer = new double[w.length];
    for (double[] gradient : gradients) {
      for (int j = 0; j < w.length; j++) {
        double decayed = gradient[j] + RATES.weightDecay() * w[j];
        buffer[j] = 0.9 * buffer[j] + decayed;
        w[j] -= RATES.learningRate() * buffer[j];
      }
    }
    for (int j = 0; j < w.length; j++) {
      // thirty steps of some roundings each
      assertThat(found[j]).isCloseTo(w[j], within(1e-13));
    }
  }

  /** On a quadratic of curvature λ gradient descent alternates, neither growing nor dying, at 2. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void update_quadraticAtItsThreshold_alternatesForEver(double momentum) {
    double atEdge = amplitudeAfter(400, momentum, 1);
    // the double root of the momentum's own mode dies as β^t
    assertThat(atEdge).isCloseTo(1, within(1e-9));
    assertThat(amplitudeAfter(400, momentum, 0.99)).isLessThan(0.2);
    assertThat(amplitudeAfter(400, momentum, 1.01)).isGreaterThan(5);
  }

  /** |x_t| with x_0 and the velocity of the alternating mode, at η·λ = 2(1 + β)·s. */
  private double amplitudeAfter(int steps, double momentum, double s) {
    double curvature = 2 * (1 + momentum) * s;
    Update update = Update.of(DescentRule.withMomentum(momentum), kernels, 1);
    Hyperparameters unit = new Hyperparameters(1, 0);
    Tensor x = vector(1);
    Tensor gradient = vector(0);
    Tensor next = vector(0);
    // v = −2 moved x from −1 to 1
    if (momentum > 0) {
      update.apply(unit, vector(0), vector(-2), next);
    }
    for (int t = 0; t < steps; t++) {
      gradient.set(new double[] {curvature * x.get()[0]});
      update.apply(unit, x, gradient, next);
      kernels.copy(next, x);
    }
    return Math.abs(x.get()[0]);
  }

  private Tensor vector(double value) {
    Tensor tensor = kernels.allocate(1, 1);
    tensor.set(new double[] {value});
    return tensor;
  }

  @Test
  void heavyBall_bnLinear_oscillatesWhereItsRatioIsOne() {
    double momentum = 0.5;
    BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
    Tensor start = kernels.allocate(1, landscape.dimension());
    start.set(Golden.initialWeights());
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.5, 2e-4), 14_000)
            .withCurvature(CurvaturePoints.MIDPOINT, 50)
            .withRule(DescentRule.withMomentum(momentum));
    var _ = new GradientDescent(landscape, start, settings, () -> 0).run(records::add, () -> false);
    double ratio =
        records.subList(13_000, 14_000).stream()
            .filter(step -> !step.sharpness().isEmpty())
            .mapToDouble(step -> ratio(step) / (1 + momentum))
            .average()
            .orElseThrow();
    // leading order in √η_in = 0.01
    assertThat(ratio).isCloseTo(1, within(0.01));
    assertThat(records.getLast().gradientCosine()).isNotNull().isLessThan(-0.9);
  }

  private static double ratio(StepRecord step) {
    double rate =
        SphereGeometry.effectiveLearningRate(
            step.learningRate(), step.weightDecay(), step.weightNormSquared());
    return SphereGeometry.stabilityRatio(rate, step.sharpness().getFirst().largest());
  }

  @Test
  void sphere_everyStep_hasUnitWeights() {
    DescentSettings settings =
        DescentSettings.of(new Hyperparameters(0.5, 0), 200)
            .withCurvature(CurvaturePoints.NONE, 1)
            .withRule(new DescentRule.Sphere());
    double[] end = run(settings);
    assertThat(records)
        .hasSize(200)
        .allSatisfy(
            // a sum of 80 squares
            step -> assertThat(step.weightNormSquared()).isCloseTo(1, within(1e-14)));
    assertThat(records.getLast().loss()).isLessThan(records.getFirst().loss());
    assertThat(end).hasSize(80);
  }

  @Test
  void sphere_weightDecay_isRefused() {
    assertThatThrownBy(() -> plain(1).withRule(new DescentRule.Sphere()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no weight decay");
  }
}
