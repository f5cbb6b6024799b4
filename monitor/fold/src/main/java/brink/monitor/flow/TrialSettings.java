package brink.monitor.flow;

import brink.monitor.settings.Allowed;

/**
 * When a test of the flow agrees, and when it fails.
 *
 * @param theoryError The leading order leaves this standard error of a predicted rate, as a share
 *     of it and in units of η_in, the same all along a run; each kind of problem has its own (1.4
 *     in the root mean square over 30 seeds of linear regression, 2.2 on a smaller one, 15 on the
 *     golden run, 5 to 27 in matrix completion).
 * @param theoryLimit A difference up to this contradicts nothing, however small its p-value, as a
 *     share of the rate or speed (and square of the angle between directions) and in units of η_in;
 *     the next order leaves other shares in other problems, up to 15 in linear regression and 27 in
 *     matrix completion.
 * @param rateFloor A test need not tell rates below this from one another, per unit of flow time.
 * @param decidedShare A test says that two rates agree only if three standard errors of their
 *     difference are below this share of the rate.
 * @param doubt A test fails below this p-value, which is that of three standard errors, two-sided.
 */
public record TrialSettings(
    double theoryError, double theoryLimit, double rateFloor, double decidedShare, double doubt) {
  private static final double THEORY_ERROR = 8;
  private static final double THEORY_LIMIT = 30;
  private static final double RATE_FLOOR = 0.01;
  private static final double DECIDED_SHARE = 0.3;
  private static final double DOUBT = 0.0027;

  /** Refuses what makes no sense. */
  public TrialSettings {
    Allowed.from("theoryError", theoryError, 0);
    Allowed.from("theoryLimit", theoryLimit, 0);
    Allowed.from("rateFloor", rateFloor, 0);
    Allowed.from("decidedShare", decidedShare, 0);
    Allowed.between("doubt", doubt, 0, 1);
  }

  /** The settings that the reasons above speak of. */
  static TrialSettings defaults() {
    return new TrialSettings(THEORY_ERROR, THEORY_LIMIT, RATE_FLOOR, DECIDED_SHARE, DOUBT);
  }
}
