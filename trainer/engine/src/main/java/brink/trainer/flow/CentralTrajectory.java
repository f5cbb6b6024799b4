package brink.trainer.flow;

import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;

/** The central flow from one point and weight norm on. */
final class CentralTrajectory implements FlowTrajectory {
  /** Of the first-order method: that of second order is then within about 1e-7 a step. */
  private static final double TOLERANCE = 1e-5;

  private static final double SMALLEST_STEP = 1e-10;
  private static final double FIRST_STEP = 1e-4;

  private final SphereLandscape sphere;
  private final LinearlyImplicitStepper stepper;

  private CentralTrajectory(
      SphereLandscape sphere, CentralFlowSettings settings, RealVector state, double step) {
    this.sphere = sphere;
    stepper =
        new LinearlyImplicitStepper(
            new CentralFlowField(sphere, settings),
            this::onSphere,
            TOLERANCE,
            SMALLEST_STEP,
            state,
            step);
  }

  /**
   * Starts anywhere on the sphere.
   *
   * @param direction θ, of length 1
   * @param logNormSquared ln‖w‖²
   */
  static CentralTrajectory from(
      SphereLandscape sphere,
      CentralFlowSettings settings,
      RealVector direction,
      double logNormSquared) {
    return new CentralTrajectory(sphere, settings, direction.append(logNormSquared), FIRST_STEP);
  }

  /** Goes on from a saved state, bit for bit. */
  static CentralTrajectory restored(
      SphereLandscape sphere, CentralFlowSettings settings, double[] state) {
    int last = state.length - 1;
    return new CentralTrajectory(
        sphere, settings, new ArrayRealVector(state, 0, last), state[last]);
  }

  @Override
  public PredictedFlowKind kind() {
    return PredictedFlowKind.CENTRAL_FLOW;
  }

  @Override
  public RealVector direction() {
    return stepper.state().getSubVector(0, sphere.dimension());
  }

  /** ln‖w‖². */
  double logNormSquared() {
    return stepper.state().getEntry(sphere.dimension());
  }

  @Override
  public double sharpness() {
    return sphere.spectrum(direction()).sharpness();
  }

  @Override
  public void advance(double flowTime) {
    stepper.advance(flowTime);
  }

  @Override
  public double[] state() {
    return stepper.state().append(stepper.step()).toArray();
  }

  private RealVector onSphere(RealVector state) {
    int dimension = sphere.dimension();
    return state.getSubVector(0, dimension).unitVector().append(state.getEntry(dimension));
  }
}
