package brink.monitor.flow;

/**
 * The sharpness-reduction flow at the Edge of Stability, to leading order in √η_in (docs/theory.md,
 * predictions; derived there from Lyu, Li, Arora 2022, arXiv 2206.07085): d log λ₁/dτ = −2G²/(4 +
 * G²) with G² = ‖∇_Γ log λ₁‖², and ⟨α²⟩/(2η_in) = 4/(4 + G²).
 */
public final class SharpnessReductionFlow {
  /** Below this |κ·u| the closed form is its limit κ → 0 to the last bit that matters. */
  private static final double SMALL = 1e-9;

  private SharpnessReductionFlow() {}

  /** d log λ₁/dτ = −2G²/(4 + G²), per unit of flow time, in (−2, 0]. */
  public static double rate(double gradientSquared) {
    return -2 * gradientSquared / (4 + gradientSquared);
  }

  /** dr/dG² of the above, −8/(4 + G²)². */
  static double rateByGradientSquared(double gradientSquared) {
    return -8 / ((4 + gradientSquared) * (4 + gradientSquared));
  }

  /** The rate from the angular step: −2·(1 − ⟨α²⟩/(2η_in)). */
  public static double rateFromShare(double share) {
    return -2 * (1 - share);
  }

  /** G² from a rate above −2: the inverse of {@link #rate}, −4r/(2 + r). */
  public static double gradientSquaredFromRate(double rate) {
    return -4 * rate / (2 + rate);
  }

  /** dG²/dr of the above, −8/(2 + r)². */
  static double gradientSquaredByRate(double rate) {
    return -8 / ((2 + rate) * (2 + rate));
  }

  /** G² from the angular step's share ⟨α²⟩/(2η_in): 4·(1/share − 1). */
  public static double gradientSquaredFromShare(double share) {
    return 4 * (1 / share - 1);
  }

  /** dG²/dshare of the above, −4/share². */
  static double gradientSquaredByShare(double share) {
    return -4 / (share * share);
  }

  /** ⟨α²⟩/(2η_in) along the flow, 4/(4 + G²). */
  public static double share(double gradientSquared) {
    return 4 / (4 + gradientSquared);
  }

  /**
   * log λ₁(τ₀ + u) − log λ₁(τ₀) where G² relaxes as G₀²·e^(−κu): −(2/κ)·ln[(4 + G₀²)/(4 +
   * G₀²·e^(−κu))].
   *
   * @param gradientSquared G₀², not negative
   * @param kappa κ, per unit of flow time
   * @param elapsed u, units of flow time; may be negative
   */
  public static double logSharpnessChange(double gradientSquared, double kappa, double elapsed) {
    if (Math.abs(kappa * elapsed) < SMALL) {
      return rate(gradientSquared) * elapsed;
    }
    double weight = gradientSquared / (4 + gradientSquared);
    return 2 / kappa * StrictMath.log1p(weight * StrictMath.expm1(-kappa * elapsed));
  }

  /** Limit of the above as u → ∞: −(2/κ)·ln(1 + G₀²/4), for κ &gt; 0. */
  public static double logSharpnessAtRest(double gradientSquared, double kappa) {
    return -2 / kappa * StrictMath.log1p(gradientSquared / 4);
  }
}
