package brink.trainer.flow;

import org.hipparchus.linear.RealVector;

/** Angles, exact to rounding however small. */
final class Angles {
  private Angles() {}

  /** The angle of two vectors of length 1, rad (Kahan's formula). */
  static double between(RealVector a, RealVector b) {
    return 2 * Math.atan2(a.subtract(b).getNorm(), a.add(b).getNorm());
  }
}
