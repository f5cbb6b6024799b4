package brink.monitor.flow;

/** Tail of the χ² distribution for one, two and four degrees of freedom. */
final class ChiSquare {
  // W. H. Press et al., Numerical Recipes, "erfcc": Chebyshev coefficients of ln(erfc(x)·e^(x²)/t)
  // with t = 1/(1 + x/2); relative error below 1.2e-7 everywhere.
  private static final double[] LOG_ERFC = {
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277
  };

  private ChiSquare() {}

  /**
   * Probability of a value as large or larger.
   *
   * @param value not negative
   * @param degrees 1, 2 or 4
   */
  static double survival(double value, int degrees) {
    return switch (degrees) {
      case 1 -> erfc(Math.sqrt(value / 2));
      case 2 -> StrictMath.exp(-value / 2);
      case 4 -> StrictMath.exp(-value / 2) * (1 + value / 2);
      default -> throw new IllegalArgumentException(degrees + " degrees of freedom");
    };
  }

  private static double erfc(double x) {
    double t = 1 / (1 + x / 2);
    double sum = 0;
    for (int i = LOG_ERFC.length - 1; i >= 0; i--) {
      sum = LOG_ERFC[i] + t * sum;
    }
    return t * StrictMath.exp(-x * x + sum);
  }
}
