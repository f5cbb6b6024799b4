package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharpnessReductionTrajectoryTest {
  private static final double START = 0.4;

  private final Kernels kernels = new CpuKernels(1);
  private final SphereLandscape sphere = GoldenSphere.on(kernels);
  private final GoldenSphere golden = new GoldenSphere();

  @AfterEach
  void close() {
    kernels.close();
  }

  private SharpnessReductionTrajectory trajectory() {
    return SharpnessReductionTrajectory.from(sphere, golden.minimiser(START));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.03, 0.5, 1})
  void advance_onBnLinear_isTheClosedForm(double flowTime) {
    SharpnessReductionTrajectory trajectory = trajectory();
    double atStart = trajectory.sharpness();
    trajectory.advance(flowTime);

    double b = GoldenSphere.share(START, flowTime);
    // Ten stretches of a few steps, each within 1e-8 in 40 coordinates, and λ₁ ∝ 1/b changes by
    // 1/√b as much.
    double error = 1e-6;
    assertThat(trajectory.sharpness() * b / (atStart * START)).isCloseTo(1, within(error));
    assertThat(trajectory.logSharpnessGradientSquared())
        .isCloseTo(4 * (1 - b) / b, within(10 * error));
  }

  @Test
  void advance_anyTime_staysOnTheManifold() {
    SharpnessReductionTrajectory trajectory = trajectory();
    trajectory.advance(0.7);

    RealVector direction = trajectory.direction();
    assertThat(direction.getNorm()).isCloseTo(1, within(1e-15));
    // what Newton's last move of at most √u leaves: its square, and rounding
    double rounding = GoldenSphere.DIMENSION * 0x1p-52 * trajectory.sharpness();
    assertThat(sphere.gradient(direction).getNorm()).isLessThan(rounding);
  }

  @Test
  void advance_thereAndBack_isWhereItBegan() {
    SharpnessReductionTrajectory trajectory = trajectory();
    RealVector start = trajectory.direction();
    trajectory.advance(0.25);
    assertThat(Angles.between(start, trajectory.direction())).isGreaterThan(0.05);
    trajectory.advance(-0.25);

    assertThat(Angles.between(start, trajectory.direction())).isLessThan(1e-6);
  }

  @Test
  void advance_besideGradientDescent_isOffInProportionToTheIntrinsicLearningRate() {
    double coarse = errorBesideDescent(1e-3);
    double fine = errorBesideDescent(2e-4);

    // first order: five times, up to the next order
    assertThat(coarse / fine).isBetween(4.0, 6.0);
    assertThat(fine).isLessThan(0.01);
  }

  /** |ln| of predicted over measured λ₁ after one unit of flow time. */
  private double errorBesideDescent(double intrinsic) {
    CentralFlowSettings settings = CentralFlowSettings.of(0.5, intrinsic / 0.5);
    SharpnessReductionTrajectory trajectory = trajectory();
    Descent descent =
        Descent.atTheEdge(
            sphere, settings, trajectory.direction(), trajectory.logSharpnessGradientSquared());
    descent.run(Math.round(1 / intrinsic));
    trajectory.advance(1);
    double measured = sphere.spectrum(descent.midpoint()).sharpness();
    return Math.abs(Math.log(trajectory.sharpness() / measured));
  }

  @Test
  void from_aPointFarFromTheManifold_isRefused() {
    RealVector far = GoldenSphere.random(5);

    assertThatThrownBy(() -> SharpnessReductionTrajectory.from(sphere, far))
        .isInstanceOf(FlowException.class);
  }

  @Test
  void advance_whereTwoEigenvaluesMeet_endsAndSaysSo() {
    SphereLandscape valleys =
        new SphereLandscape(new TwoValleys(kernels, new double[][] {{9, 3, 1}, {2, 8, 3}}));
    RealVector start = new ArrayRealVector(new double[] {0, 0, 0.8, 0.5, 0.35}).unitVector();
    var trajectory = SharpnessReductionTrajectory.from(valleys, start);

    assertThatThrownBy(() -> trajectory.advance(2))
        .isInstanceOf(FlowException.class)
        .hasMessageContaining("two eigenvalues meet");
    // beyond, λ₂ would lead: it went to where they are equal and no further
    RealVector values = valleys.spectrum(trajectory.direction()).values();
    assertThat(values.getEntry(1) / values.getEntry(0)).isBetween(0.8, 1.0);
  }

  @Test
  void restored_savedState_goesOnBitForBit() {
    SharpnessReductionTrajectory trajectory = trajectory();
    trajectory.advance(0.1);
    var restored = SharpnessReductionTrajectory.restored(sphere, trajectory.state());
    trajectory.advance(0.1);
    restored.advance(0.1);

    assertThat(restored.direction()).isEqualTo(trajectory.direction());
  }
}
