package brink.monitor.flow;

import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Least-squares polynomial over the newest bins, evaluated at the last of them: what a quantity and
 * its rate are now, with standard errors from the scatter about the polynomial. Costs a few hundred
 * flops.
 *
 * @param value value at the newest bin
 * @param valueError its standard error
 * @param rate derivative there, per unit of flow time
 * @param rateError its standard error
 * @param scatter root mean square deviation of one bin
 */
record LocalFit(double value, double valueError, double rate, double rateError, double scatter) {

  /**
   * The scatter of nine residuals of one distribution is off by a quarter (1/√(2·9)); more than
   * that says that the polynomial does not fit.
   */
  private static final double SAME_SCATTER = 1.25;

  /** Degrees of freedom below which a variance has no mean: Student's t with two. */
  private static final double FEWEST_FREEDOMS = 2.5;

  /**
   * Fits; NaN values are skipped.
   *
   * @param history where the flow times are from
   * @param quantity the value of a bin
   * @param bins how many of the newest bins, at most
   * @param degree 1 or 2
   * @return null where fewer than degree + 3 values are there
   */
  static @Nullable LocalFit of(
      FlowHistory history, IntToDoubleFunction quantity, int bins, int degree) {
    return of(history, quantity, bins, degree, false);
  }

  /**
   * The same with standard errors that may be printed and tested by: widened by what the residuals
   * of a fit hide of their correlation, and as Student's t for few of them.
   */
  static @Nullable LocalFit cautious(
      FlowHistory history, IntToDoubleFunction quantity, int bins, int degree) {
    return of(history, quantity, bins, degree, true);
  }

  private static @Nullable LocalFit of(
      FlowHistory history, IntToDoubleFunction quantity, int bins, int degree, boolean cautious) {
    int from = Math.max(0, history.size() - bins);
    int terms = degree + 1;
    double scale = history.size() == 0 ? 1 : history.lastTime() - history.time(from);
    SmallSolver normal = new SmallSolver(terms);
    int count = 0;
    for (int i = from; i < history.size(); i++) {
      double y = quantity.applyAsDouble(i);
      if (!Double.isNaN(y)) {
        normal.add(powers((history.time(i) - history.lastTime()) / scale, terms), y);
        count++;
      }
    }
    if (count < terms + 2 || !normal.solve()) {
      return null;
    }
    Autocorrelation correlation = new Autocorrelation();
    double sum = residualSum(history, quantity, from, scale, normal, correlation);
    double scatter = sum / (count - terms);
    double variance =
        scatter * (cautious ? widened(correlation, count, terms) : correlation.inflation());
    return new LocalFit(
        normal.solution(0),
        Math.sqrt(variance * normal.inverse(0, 0)),
        normal.solution(1) / scale,
        Math.sqrt(variance * normal.inverse(1, 1)) / scale,
        Math.sqrt(scatter));
  }

  private static double widened(Autocorrelation correlation, int count, int terms) {
    double inflation = correlation.inflation(count);
    double freedoms = Math.max(FEWEST_FREEDOMS, (count - terms) / inflation);
    return inflation * freedoms / (freedoms - 2);
  }

  /**
   * The same over as many more bins as the polynomial still fits, where that makes its rate surer:
   * the noisier the quantity, the more of them.
   *
   * @param bins how many of the newest bins at least
   */
  static @Nullable LocalFit widest(
      FlowHistory history, IntToDoubleFunction quantity, int bins, int degree) {
    LocalFit best = cautious(history, quantity, bins, degree);
    if (best == null) {
      return null;
    }
    double limit = SAME_SCATTER * best.scatter;
    for (int wider = 2 * bins; wider <= history.size(); wider += bins) {
      LocalFit fit = cautious(history, quantity, wider, degree);
      if (fit == null || fit.scatter > limit) {
        break;
      }
      best = fit.rateError < best.rateError ? fit : best;
    }
    return best;
  }

  private static double residualSum(
      FlowHistory history,
      IntToDoubleFunction quantity,
      int from,
      double scale,
      SmallSolver normal,
      Autocorrelation correlation) {
    double sum = 0;
    for (int i = from; i < history.size(); i++) {
      double y = quantity.applyAsDouble(i);
      if (!Double.isNaN(y)) {
        double[] powers = powers((history.time(i) - history.lastTime()) / scale, normal.size());
        double residual = y - normal.predict(powers);
        sum += residual * residual;
        correlation.add(residual);
      }
    }
    return sum;
  }

  private static double[] powers(double x, int terms) {
    double[] powers = new double[terms];
    powers[0] = 1;
    for (int k = 1; k < terms; k++) {
      powers[k] = powers[k - 1] * x;
    }
    return powers;
  }
}
