package brink.trainer.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SphereGeometryTest {
  private static final double ETA = 0.5;
  private static final double DECAY = 0.02;
  // a handful of roundings of numbers of size 1
  private static final double ROUNDING = 1e-14;

  private final Kernels kernels = new CpuKernels(1);
  private final Tensor w = tensor(Initialization.onSphere(1, 40, 1.7));
  private final Tensor gradient = kernels.allocate(1, 40);
  private final Tensor next = kernels.allocate(1, 40);

  SphereGeometryTest() {
    BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
    kernels.copy(landscape.linearize(w).gradient(), gradient);
    kernels.copy(w, next);
    kernels.scale(1 - ETA * DECAY, next);
    kernels.axpy(-ETA, gradient, next);
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  private Tensor tensor(double[] values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }

  private double effectiveLearningRate() {
    return SphereGeometry.effectiveLearningRate(ETA, DECAY, kernels.dot(w, w));
  }

  @Test
  void effectiveLearningRate_oneStep_movesTheDirectionAsGradientDescentOnTheSphere() {
    Tensor onSphere = kernels.allocate(1, 40);
    SphereGeometry.direction(kernels, w, onSphere);
    kernels.axpy(-effectiveLearningRate() * kernels.norm(w), gradient, onSphere);
    SphereGeometry.direction(kernels, onSphere, onSphere);
    Tensor direction = kernels.allocate(1, 40);
    SphereGeometry.direction(kernels, next, direction);
    assertThat(direction.get()).containsExactly(onSphere.get(), within(ROUNDING));
  }

  @Test
  void angularStepSquared_oneStep_isTheSquaredTangentOfTheAngle() {
    double cosine = kernels.dot(w, next) / (kernels.norm(w) * kernels.norm(next));
    double expected = 1 / (cosine * cosine) - 1;
    double gradientSquared = kernels.dot(gradient, gradient);
    assertThat(
            SphereGeometry.angularStepSquared(
                effectiveLearningRate(), kernels.dot(w, w), gradientSquared))
        .isCloseTo(expected, within(ROUNDING));
  }

  @Test
  void nextWeightNormSquared_oneStep_isTheNormLedger() {
    double squared = kernels.dot(w, w);
    double angle =
        SphereGeometry.angularStepSquared(
            effectiveLearningRate(), squared, kernels.dot(gradient, gradient));
    assertThat(SphereGeometry.nextWeightNormSquared(ETA * DECAY, squared, angle))
        .isCloseTo(kernels.dot(next, next), within(ROUNDING));
  }

  @Test
  void stabilityRatio_threshold_isOne() {
    assertThat(SphereGeometry.stabilityRatio(0.25, 8)).isEqualTo(1);
  }

  @Test
  void midpointDirection_differentLengths_halvesTheAngle() {
    Tensor a = tensor(new double[] {3, 0});
    Tensor b = tensor(new double[] {0, 5});
    Tensor middle = kernels.allocate(1, 2);
    SphereGeometry.midpointDirection(kernels, a, kernels.norm(a), b, kernels.norm(b), middle);
    double half = Math.sqrt(0.5);
    assertThat(middle.get()).containsExactly(new double[] {half, half}, within(ROUNDING));
  }

  @Test
  void projectOnTangent_anyVector_leavesNothingAlongTheDirection() {
    Tensor direction = kernels.allocate(1, 40);
    SphereGeometry.direction(kernels, w, direction);
    Tensor v = tensor(Initialization.normal(2, 40, 1));
    SphereGeometry.projectOnTangent(kernels, direction, v);
    assertThat(kernels.dot(direction, v)).isCloseTo(0, within(ROUNDING));
  }

  @Test
  void scaleInvarianceError_invariantLoss_isRounding() {
    assertThat(SphereGeometry.scaleInvarianceError(kernels, w, gradient)).isLessThan(ROUNDING);
  }

  @Test
  void scaleInvarianceError_gradientAlongTheWeights_isOne() {
    assertThat(SphereGeometry.scaleInvarianceError(kernels, w, w)).isCloseTo(1, within(ROUNDING));
  }
}
