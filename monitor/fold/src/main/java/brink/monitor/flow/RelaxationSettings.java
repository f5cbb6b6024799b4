package brink.monitor.flow;

import brink.monitor.settings.Allowed;

/**
 * What the closed form is fitted with.
 *
 * @param shareFloor A transient is not looked for where ⟨α²⟩/(2η_in) scatters by less than this;
 *     the theory behind it is good to O(√η_in), below 1 % at η_in = 2e-4.
 * @param shareNoise The closed form is fitted with at least this scatter of ⟨α²⟩/(2η_in), which is
 *     what pair means leave of the oscillation.
 * @param kappa κ is taken to be this before the bins say anything; it is 2 where the flow is that
 *     of linear regression (docs/theory.md), and 2 to 2.6 on networks with more weights than they
 *     need.
 * @param kappaSpread κ is taken to have this standard deviation from one run to another.
 */
public record RelaxationSettings(
    double shareFloor, double shareNoise, double kappa, double kappaSpread) {
  private static final double SHARE_FLOOR = 2e-3;
  private static final double SHARE_NOISE = 1e-4;
  private static final double KAPPA = 2.3;
  private static final double KAPPA_SPREAD = 0.5;

  /** Refuses what makes no sense. */
  public RelaxationSettings {
    Allowed.positive("shareFloor", shareFloor);
    Allowed.positive("shareNoise", shareNoise);
    Allowed.positive("kappa", kappa);
    Allowed.positive("kappaSpread", kappaSpread);
  }

  /** The settings that the reasons above speak of. */
  static RelaxationSettings defaults() {
    return new RelaxationSettings(SHARE_FLOOR, SHARE_NOISE, KAPPA, KAPPA_SPREAD);
  }
}
