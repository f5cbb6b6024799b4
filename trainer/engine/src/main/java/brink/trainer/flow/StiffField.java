package brink.trainer.flow;

import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** A vector field whose fast directions are known. */
interface StiffField {
  /**
   * Evaluates the field.
   *
   * @param state not modified
   */
  Velocity at(RealVector state);

  /** The field at one state. */
  interface Velocity {
    /** Rate of change of the state; not to be modified. */
    RealVector rate();

    /** Derivative of the rate by the state, as far as it is large. */
    RealMatrix jacobian();
  }
}
