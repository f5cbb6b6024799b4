package brink.monitor.flow;

import brink.v1.ForecastBasis;

/** A way to continue log λ₁ along the edge, and the oscillation's share ⟨α²⟩/(2η_in) with it. */
interface Outlook {
  /** Standard error of log λ₁ up to which a forecast says something whatever it says. */
  double SMALL = 0.05;

  /** Error as a share of the forecast change up to which the change says something. */
  double TELLING = 0.5;

  /** Flow time over which a level wanders by what its bins scattered by. */
  double WANDERING = 0.5;

  /** Which one it is. */
  ForecastBasis basis();

  /** log λ₁ at a flow time. */
  double logSharpness(double time);

  /** How much of it is change. */
  double change(double time);

  /** Its standard error as far as the bins and the way itself tell. */
  double error(double time);

  /** ⟨α²⟩/(2η_in) at a flow time; 1 where λ₁ is at rest. */
  double share(double time);

  /** Standard error of its logarithm, likewise. */
  double shareError(double time);

  /** What a level that wanders is off by some flow time ahead: the square root of the time. */
  default double wandering(double scatter, double ahead) {
    return scatter * Math.sqrt(ahead / WANDERING);
  }

  /** Whether it says enough to be given before any forecast could be checked. */
  default boolean sure(double time) {
    return error(time) <= Math.max(SMALL, TELLING * Math.abs(change(time)));
  }
}
