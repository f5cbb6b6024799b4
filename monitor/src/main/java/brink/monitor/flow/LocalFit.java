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
    double variance = scatter * correlation.inflation();
    return new LocalFit(
        normal.solution(0),
        Math.sqrt(variance * normal.inverse(0, 0)),
        normal.solution(1) / scale,
        Math.sqrt(variance * normal.inverse(1, 1)) / scale,
        Math.sqrt(scatter));
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
