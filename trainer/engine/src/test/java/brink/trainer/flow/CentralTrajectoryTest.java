package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.trainer.flow.CentralFlowField.CentralVelocity;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CentralTrajectoryTest {
  private static final double LEARNING_RATE = 0.5;

  /** Two steps of the integrator are within its tolerance of 1e-5 each; some dozens add up. */
  private static final double INTEGRATION = 1e-4;

  private final Kernels kernels = new CpuKernels(1);
  private final SphereLandscape sphere = GoldenSphere.on(kernels);
  private final GoldenSphere golden = new GoldenSphere();

  @AfterEach
  void close() {
    kernels.close();
  }

  private static CentralFlowSettings settings(double intrinsic) {
    return CentralFlowSettings.of(LEARNING_RATE, intrinsic / LEARNING_RATE);
  }

  @Test
  void advance_beforeTheEdge_isGradientFlowAndTheNormsLedger() {
    CentralFlowSettings settings = settings(1e-3);
    RealVector start = GoldenSphere.random(3).append(Math.log(9));
    CentralTrajectory trajectory =
        CentralTrajectory.from(sphere, settings, GoldenSphere.random(3), Math.log(9));
    trajectory.advance(0.02);

    ODEState exact =
        new DormandPrince853Integrator(1e-12, 1, 1e-10, 1e-10)
            .integrate(new GradientFlow(settings), new ODEState(0, start.toArray()), 0.02);
    RealVector end = new ArrayRealVector(exact.getPrimaryState());
    RealVector direction = end.getSubVector(0, GoldenSphere.DIMENSION).unitVector();
    assertThat(Angles.between(GoldenSphere.random(3), direction)).isGreaterThan(0.1);
    assertThat(Angles.between(trajectory.direction(), direction)).isLessThan(INTEGRATION);
    assertThat(trajectory.logNormSquared())
        .isCloseTo(end.getEntry(GoldenSphere.DIMENSION), within(INTEGRATION));
  }

  /** Without oscillation, by the same definitions and none of the same code. */
  private final class GradientFlow implements OrdinaryDifferentialEquation {
    private final CentralFlowSettings settings;

    GradientFlow(CentralFlowSettings settings) {
      this.settings = settings;
    }

    @Override
    public int getDimension() {
      return GoldenSphere.DIMENSION + 1;
    }

    @Override
    public double[] computeDerivatives(double flowTime, double[] state) {
      double intrinsic = settings.intrinsicLearningRate();
      double effective =
          LEARNING_RATE / ((1 - intrinsic) * Math.exp(state[GoldenSphere.DIMENSION]));
      RealVector direction = new ArrayRealVector(state, 0, GoldenSphere.DIMENSION).unitVector();
      RealVector gradient = sphere.gradient(direction);
      double step = effective * gradient.getNorm();
      return gradient
          .mapMultiply(-effective / intrinsic)
          .append(-2 + step * step / intrinsic)
          .toArray();
    }
  }

  @Test
  void advance_onMinimisersBeforeTheEdge_decaysTheNormOnly() {
    CentralFlowSettings settings = settings(1e-3);
    RealVector start = golden.minimiser(0.4);
    double edge = Descent.logNormSquaredAtTheEdge(settings, sphere.spectrum(start).sharpness());
    CentralTrajectory trajectory = CentralTrajectory.from(sphere, settings, start, edge + 0.5);
    trajectory.advance(0.2);

    assertThat(trajectory.logNormSquared()).isCloseTo(edge + 0.1, within(1e-12));
    assertThat(Angles.between(start, trajectory.direction())).isLessThan(1e-12);
  }

  @Test
  void advance_atTheEdge_holdsTheStabilityRatioAtOne() {
    CentralFlowSettings settings = settings(2e-4);
    RealVector start = golden.minimiser(0.4);
    double edge = Descent.logNormSquaredAtTheEdge(settings, sphere.spectrum(start).sharpness());
    CentralTrajectory trajectory = CentralTrajectory.from(sphere, settings, start, edge + 0.1);
    for (int i = 0; i < 5; i++) {
      trajectory.advance(0.1);
      assertThat(velocity(sphere, settings, trajectory).stabilityRatio())
          .isCloseTo(1, within(INTEGRATION));
    }
    // its oscillation is that of the sharpness-reduction flow, up to the next order
    double b = GoldenSphere.share(0.4, 0.45);
    double expected = 2 * 2e-4 / (4 + 4 * (1 - b) / b);
    assertThat(velocity(sphere, settings, trajectory).covariance().getEntry(0, 0) / expected)
        .isCloseTo(1, within(0.02));
  }

  @Test
  void advance_besideGradientDescent_isOffInProportionToTheIntrinsicLearningRate() {
    double coarse = distanceFromDescent(1e-3);
    double fine = distanceFromDescent(2e-4);

    assertThat(coarse / fine).isBetween(4.0, 6.0);
    assertThat(fine).isLessThan(1e-3);
  }

  private double distanceFromDescent(double intrinsic) {
    CentralFlowSettings settings = settings(intrinsic);
    var onManifold = SharpnessReductionTrajectory.from(sphere, golden.minimiser(0.4));
    RealVector start = onManifold.direction();
    double gSquared = onManifold.logSharpnessGradientSquared();
    Descent descent = Descent.atTheEdge(sphere, settings, start, gSquared);
    double edge = Descent.logNormSquaredAtTheEdge(settings, onManifold.sharpness());
    CentralTrajectory trajectory = CentralTrajectory.from(sphere, settings, start, edge);
    trajectory.advance(0.5);
    descent.run(Math.round(0.5 / intrinsic));
    return Angles.between(trajectory.direction(), descent.midpoint());
  }

  @Test
  void advance_twoEigenvaluesAtTheEdge_holdsBoth() {
    SphereLandscape valleys =
        new SphereLandscape(new TwoValleys(kernels, new double[][] {{9, 3, 1}, {2, 8, 3}}));
    CentralFlowSettings settings = settings(2e-4);
    RealVector start = new ArrayRealVector(new double[] {0, 0, 0.8, 0.5, 0.35}).unitVector();
    double edge = Descent.logNormSquaredAtTheEdge(settings, valleys.spectrum(start).sharpness());
    CentralTrajectory trajectory = CentralTrajectory.from(valleys, settings, start, edge);

    trajectory.advance(0.3);
    assertThat(ratios(valleys, settings, trajectory).getEntry(0)).isCloseTo(1, within(INTEGRATION));
    assertThat(ratios(valleys, settings, trajectory).getEntry(1)).isLessThan(0.9);

    trajectory.advance(0.7);
    RealVector both = ratios(valleys, settings, trajectory);
    assertThat(both.getEntry(0)).isCloseTo(1, within(INTEGRATION));
    assertThat(both.getEntry(1)).isCloseTo(1, within(INTEGRATION));
    RealMatrix covariance = velocity(valleys, settings, trajectory).covariance();
    assertThat(covariance.getEntry(0, 0)).isGreaterThan(0.1 * 2e-4);
    assertThat(covariance.getEntry(1, 1)).isGreaterThan(0.1 * 2e-4);
  }

  private static RealVector ratios(
      SphereLandscape sphere, CentralFlowSettings settings, CentralTrajectory trajectory) {
    double half = settings.at(trajectory.logNormSquared()).effectiveLearningRate() / 2;
    return sphere.spectrum(trajectory.direction()).values().mapMultiply(half);
  }

  private static CentralVelocity velocity(
      SphereLandscape sphere, CentralFlowSettings settings, CentralTrajectory trajectory) {
    return new CentralFlowField(sphere, settings)
        .at(trajectory.direction().append(trajectory.logNormSquared()));
  }

  @Test
  void jacobian_atTheEdge_isThatOfFiniteDifferencesUpToSlowTerms() {
    CentralFlowSettings settings = settings(2e-4);
    RealVector start = golden.minimiser(0.4);
    double edge = Descent.logNormSquaredAtTheEdge(settings, sphere.spectrum(start).sharpness());
    CentralFlowField field = new CentralFlowField(sphere, settings);
    RealVector state = start.append(edge);
    RealVector change = GoldenSphere.random(7).append(0.3);
    change.setSubVector(
        0, SphereLandscape.tangent(start, change.getSubVector(0, GoldenSphere.DIMENSION)));

    double epsilon = 1e-7;
    RealVector ahead = field.at(state.combine(1, epsilon, change)).rate();
    RealVector behind = field.at(state.combine(1, -epsilon, change)).rate();
    RealVector expected = ahead.subtract(behind).mapDivide(2 * epsilon);
    // The steep terms are of order 2/η_in = 1e4, what is left out of order 1 to G².
    assertThat(expected.getNorm()).isGreaterThan(1e3);
    RealVector found = field.at(state).jacobian().operate(change);
    assertThat(found.getDistance(expected)).isLessThan(0.01 * expected.getNorm());
  }
}
