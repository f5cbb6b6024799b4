package brink.trainer.flow;

import java.util.function.UnaryOperator;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Integrates a stiff field by ROS2 (Verwer, Spee, Blom, Hundsdorfer, SIAM J. Sci. Comput. 20,
 * 1999), a linearly implicit method of order 2 for any Jacobian, L-stable with the true one, with
 * steps chosen by the difference to its embedded method of order 1:
 *
 * <pre>
 * (I − γhA)·k₁ = f(u),   (I − γhA)·k₂ = f(u + h·k₁) − 2k₁,   u ← u + h·(3k₁ + k₂)/2
 * </pre>
 *
 * One step costs two evaluations of the field and one decomposition of a matrix of its dimension.
 */
final class LinearlyImplicitStepper {
  private static final double GAMMA = 1 - 1 / Math.sqrt(2);

  /** Limits and safety of the next step's length (Hairer, Wanner, II.4). */
  private static final double LARGEST_GROWTH = 5;

  private static final double SMALLEST_GROWTH = 0.2;
  private static final double SAFETY = 0.9;

  private final StiffField field;
  private final UnaryOperator<RealVector> projection;
  private final double tolerance;
  private final double smallestStep;
  private RealVector state;
  private double step;

  /**
   * @param projection brings a state back to where states live, after each step
   * @param tolerance largest estimated error of one step of the first-order method, Euclidean
   * @param smallestStep gives up below
   * @param state start
   * @param step length to try first
   */
  LinearlyImplicitStepper(
      StiffField field,
      UnaryOperator<RealVector> projection,
      double tolerance,
      double smallestStep,
      RealVector state,
      double step) {
    this.field = field;
    this.projection = projection;
    this.tolerance = tolerance;
    this.smallestStep = smallestStep;
    this.state = state;
    this.step = step;
  }

  /** Where it is; not to be modified. */
  RealVector state() {
    return state;
  }

  /** Length that it will try next. */
  double step() {
    return step;
  }

  /**
   * Goes on in time.
   *
   * @param span by how much, not negative
   * @throws FlowException if steps become too small
   */
  void advance(double span) {
    double left = span;
    while (left > 0) {
      left -= takeStep(left);
    }
  }

  /** One accepted step of at most this length; returns its length. */
  private double takeStep(double longest) {
    StiffField.Velocity here = field.at(state);
    RealMatrix jacobian = here.jacobian();
    while (true) {
      boolean last = step >= longest;
      double h = last ? longest : step;
      RealMatrix matrix =
          MatrixUtils.createRealIdentityMatrix(state.getDimension())
              .subtract(jacobian.scalarMultiply(GAMMA * h));
      DecompositionSolver solver = new LUDecomposition(matrix).getSolver();
      RealVector first = solver.solve(here.rate());
      RealVector ahead = field.at(state.combine(1, h, first)).rate();
      RealVector second = solver.solve(ahead.combine(1, -2, first));
      double error = h / 2 * first.add(second).getNorm() / tolerance;
      double growth = Math.clamp(SAFETY / Math.sqrt(error), SMALLEST_GROWTH, LARGEST_GROWTH);
      if (error <= 1) {
        state = projection.apply(state.combine(1, 1.5 * h, first).combineToSelf(1, h / 2, second));
        step = last ? Math.max(step, h * growth) : h * growth;
        return last ? longest : h;
      }
      step = h * growth;
      if (!(step >= smallestStep)) {
        throw new FlowException("the flow cannot be integrated further");
      }
    }
  }
}
