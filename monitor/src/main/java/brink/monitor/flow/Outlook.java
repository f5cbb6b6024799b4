package brink.monitor.flow;

import brink.v1.ForecastBasis;

/** A way to continue log λ₁ along the edge. */
interface Outlook {
  /** Which one it is. */
  ForecastBasis basis();

  /** log λ₁ at a flow time. */
  double logSharpness(double time);

  /** Its standard error as far as the bins and the way itself tell. */
  double error(double time);

  /** Whether the bins say enough for a forecast to be given before any could be checked. */
  boolean sure(double time);
}
