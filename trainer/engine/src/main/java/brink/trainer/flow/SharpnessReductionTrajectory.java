package brink.trainer.flow;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.hipparchus.ode.ODEIntegrator;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;

/**
 * The sharpness-reduction flow from one point of Γ on, by an embedded Runge–Kutta pair (Dormand and
 * Prince, 1980) with adaptive steps, and brought back onto Γ after every stretch of {@link
 * #STRETCH}.
 */
final class SharpnessReductionTrajectory implements FlowTrajectory {
  /** Error of one step in each coordinate. Third differences are good to about 1e-10. */
  private static final double TOLERANCE = 1e-8;

  /**
   * Flow time between two retractions: at most a fifth of a radian is gone, since the speed 2G/(4 +
   * G²) is at most ½.
   */
  private static final double STRETCH = 0.1;

  private static final double SMALLEST_STEP = 1e-9;

  /** For one stretch; a smooth flow takes some twenty. */
  private static final int MOST_EVALUATIONS = 200;

  /**
   * Farthest from Γ that a start may lie, rad. The oscillation displaces averages by O(η_in) only.
   */
  private static final double FARTHEST_START = 0.1;

  private final SphereLandscape sphere;
  private final MinimiserManifold manifold;
  private final SharpnessReductionField field;
  private RealVector direction;

  private SharpnessReductionTrajectory(
      SphereLandscape sphere, MinimiserManifold manifold, RealVector direction) {
    this.sphere = sphere;
    this.manifold = manifold;
    this.direction = direction;
    field = new SharpnessReductionField(sphere, manifold);
  }

  /**
   * Starts at the point of Γ across from another.
   *
   * @throws FlowException if that is far from Γ
   */
  static SharpnessReductionTrajectory from(SphereLandscape sphere, RealVector start) {
    MinimiserManifold manifold = MinimiserManifold.near(sphere, sphere.spectrum(start));
    RealVector onManifold = manifold.retract(start);
    if (Angles.between(start, onManifold) > FARTHEST_START) {
      throw new FlowException("training is not near the manifold of minimisers");
    }
    return new SharpnessReductionTrajectory(sphere, manifold, onManifold);
  }

  /** Goes on from a saved state, bit for bit. */
  static SharpnessReductionTrajectory restored(SphereLandscape sphere, double[] state) {
    RealVector direction = new ArrayRealVector(state, 0, state.length - 1);
    var manifold = new MinimiserManifold(sphere, (int) state[state.length - 1]);
    return new SharpnessReductionTrajectory(sphere, manifold, direction);
  }

  @Override
  public PredictedFlowKind kind() {
    return PredictedFlowKind.SHARPNESS_REDUCTION_FLOW;
  }

  @Override
  public RealVector direction() {
    return direction;
  }

  @Override
  public double sharpness() {
    return sphere.spectrum(direction).sharpness();
  }

  /** G² where it is. */
  double logSharpnessGradientSquared() {
    RealVector gradient = field.logSharpnessGradient(direction, sphere.spectrum(direction));
    return gradient.dotProduct(gradient);
  }

  /**
   * {@inheritDoc}
   *
   * @param flowTime may be negative
   */
  @Override
  public void advance(double flowTime) {
    double gone = 0;
    while (gone != flowTime) {
      double next = Math.clamp(flowTime, gone - STRETCH, gone + STRETCH);
      integrate(next - gone);
      gone = next;
    }
  }

  @Override
  public double[] state() {
    return direction.append(manifold.dimension()).toArray();
  }

  private void integrate(double span) {
    double largest = Math.abs(span);
    ODEIntegrator integrator =
        new DormandPrince54Integrator(
            Math.min(SMALLEST_STEP, largest), largest, TOLERANCE, TOLERANCE);
    integrator.setMaxEvaluations(MOST_EVALUATIONS);
    try {
      ODEState end = integrator.integrate(field, new ODEState(0, direction.toArray()), span);
      direction = manifold.retract(new ArrayRealVector(end.getPrimaryState()).unitVector());
    } catch (MathRuntimeException e) {
      throw new FlowException(
          "the flow cannot be integrated further, as where two eigenvalues meet", e);
    }
  }
}
