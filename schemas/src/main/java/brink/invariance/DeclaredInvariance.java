package brink.invariance;

import brink.v1.RunStarted;
import java.util.Locale;

/**
 * What a producer says of L(c·w) = L(w): one verdict and one text for those who train and those who
 * watch.
 */
public enum DeclaredInvariance {
  /** It does not say. */
  UNKNOWN("scale invariance not declared"),
  /** It holds by construction in all trained weights. */
  EXACT("scale-invariant"),
  /** It does not hold by construction, as with an ε in a normalization, but all but does. */
  NEARLY("nearly scale-invariant"),
  /** It does not hold, at least not in all weights. */
  NONE("not scale-invariant");

  /**
   * |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) that an ε of 1e-5 in a normalization's denominator leaves, where units
   * vary by 0.1 or more.
   */
  private static final double SMALL_ERROR = 1e-3;

  private final String words;

  DeclaredInvariance(String words) {
    this.words = words;
  }

  /** As a run's start says. */
  public static DeclaredInvariance of(RunStarted started) {
    if (!started.hasScaleInvariantDimension()) {
      return UNKNOWN;
    }
    long invariant = started.getScaleInvariantDimension();
    long dimension = started.hasDimension() ? started.getDimension() : invariant;
    return of(invariant, dimension, error(started));
  }

  /**
   * The same of weights.
   *
   * @param invariant number of weights that the loss is scale-invariant in by construction
   * @param dimension number of trained weights
   * @param error |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) at the first iterate; NaN where it is not known
   */
  public static DeclaredInvariance of(long invariant, long dimension, double error) {
    if (invariant != 0 && invariant >= dimension) {
      return EXACT;
    }
    return error < SMALL_ERROR ? NEARLY : NONE;
  }

  /** |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) at the first iterate; NaN where the start does not say. */
  public static double error(RunStarted started) {
    return started.hasScaleInvarianceError() ? started.getScaleInvarianceError() : Double.NaN;
  }

  /**
   * In words for people, with a true minus sign.
   *
   * @param error as measured at the first iterate; NaN is left out
   */
  public String words(double error) {
    return Double.isNaN(error)
        ? words
        : words
            + String.format(Locale.ROOT, " (⟨w, ∇L⟩/(‖w‖‖∇L‖) = %.1e at the start)", error)
                .replace('-', '−');
  }
}
