package brink.monitor.flow;

import org.jspecify.annotations.Nullable;

/**
 * Where log λ₁ goes before the edge: its rate over the newest bins, relaxing exponentially if it
 * was larger over the bins before them. A rate that grew is continued as it is: growth that goes on
 * growing would be a guess.
 *
 * @param time τ of the newest bin
 * @param value log λ₁ there
 * @param valueError its standard error
 * @param rate d log λ₁/dτ there, per unit of flow time, shrunk towards 0 as far as its error says
 *     nothing else
 * @param rateError its standard error
 * @param relaxation rate at which that rate decays, per unit of flow time; 0 if it does not
 */
record SharpnessDrift(
    double time,
    double value,
    double valueError,
    double rate,
    double rateError,
    double relaxation) {
  /** Standard errors that a rate's change must have to be taken for a relaxation. */
  private static final double SIGNIFICANT = 2;

  /** Halvings of an interval: to the last bit of a double's 52. */
  private static final int BISECTIONS = 52;

  /** Null where there are too few bins. */
  static @Nullable SharpnessDrift of(FlowHistory history, int window) {
    LocalFit newer = LocalFit.of(history, history::logSharpness, window, 1);
    if (newer == null) {
      return null;
    }
    double sure = newer.rate() * newer.rate();
    double shrunk = newer.rate() * sure / (sure + newer.rateError() * newer.rateError());
    int last = history.size() - 1;
    int split = Math.max(0, history.size() - window);
    double relaxation = relaxation(history, window, split, newer);
    double sinceMiddle = (history.time(last) - history.time(split)) / 2;
    return new SharpnessDrift(
        history.lastTime(),
        newer.value(),
        newer.valueError(),
        Double.isNaN(shrunk) ? 0 : shrunk * StrictMath.exp(-relaxation * sinceMiddle),
        newer.rateError(),
        relaxation);
  }

  private static double relaxation(FlowHistory history, int window, int split, LocalFit newer) {
    FlowHistory before = history.oldest(split);
    LocalFit older = LocalFit.of(before, before::logSharpness, window, 1);
    if (older == null || older.rate() / newer.rate() <= 1) {
      return 0;
    }
    double error = Math.hypot(older.rateError(), newer.rateError());
    if (!(Math.abs(older.rate() - newer.rate()) > SIGNIFICANT * error)) {
      return 0;
    }
    double middle = (history.lastTime() + history.time(split)) / 2;
    double earlier = (before.lastTime() + before.time(Math.max(0, split - window))) / 2;
    return StrictMath.log(older.rate() / newer.rate()) / (middle - earlier);
  }

  /** log λ₁ at a flow time. */
  double at(double when) {
    double ahead = when - time;
    return value
        + rate * (relaxation == 0 ? ahead : -StrictMath.expm1(-relaxation * ahead) / relaxation);
  }

  /**
   * Time in which log λ₁ and something that grows steadily rise together by a distance; infinite if
   * they never do.
   *
   * @param distance positive
   * @param steady growth of the other, per unit of flow time
   * @param now flow time from which to count
   */
  double timeToRise(double distance, double steady, double now) {
    double start = at(now);
    double high = distance / Math.max(steady, 1e-3);
    if (steady * high + at(now + high) - start < distance) {
      high *= 2;
    }
    if (!(steady * high + at(now + high) - start >= distance)) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (steady * middle + at(now + middle) - start >= distance) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
