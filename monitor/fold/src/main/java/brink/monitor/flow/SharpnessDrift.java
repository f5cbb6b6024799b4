package brink.monitor.flow;

import brink.monitor.geometry.SphericalStep;
import brink.v1.Estimate;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the logarithm of an eigenvalue goes on the way to the edge: its rate over as many of the
 * newest bins as lie on a straight line, relaxing exponentially if it was larger over the bins
 * before them. A rate that grew is continued as it is: growth that goes on growing would be a
 * guess.
 *
 * <p>Nothing in the theory says how sharpness goes on. The rate's error is therefore, beside the
 * fit's, a share of the rate itself, as if it could stop or grow, and the same share of what it has
 * changed by since the rate over all bins: as much as it may change by again.
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
  /** A step is a whole number: ±½ about the middle. */
  private static final double ROUNDING = 1 / Math.sqrt(12);

  /** One more than a straight line's error can be told from. */
  private static final int FEWEST = 5;

  /**
   * The scatter about a straight line may be this much larger over more bins: that of five is known
   * to a third.
   */
  private static final double SAME_SCATTER = 1.25;

  /**
   * Share of a rate, and of its change, that it is taken to be wrong by: with 0.6 intervals of 90 %
   * cover 96 % (seeds tuned on, docs/detection.md).
   */
  private static final double MODEL_ERROR = 0.6;

  /** Standard errors that a rate's change must have to be taken for a relaxation. */
  private static final double SIGNIFICANT = 2;

  /** Halvings of an interval: to the last bit of a double's 52. */
  private static final int BISECTIONS = 52;

  /**
   * The newest bins that lie on a straight line.
   *
   * @param bins how many
   * @param line log λ₁ over them
   */
  private record Straight(int bins, LocalFit line) {
    static @Nullable Straight newest(FlowHistory history, IntToDoubleFunction logarithm) {
      LocalFit first = over(history, logarithm, FEWEST);
      if (first == null) {
        return null;
      }
      Straight best = new Straight(FEWEST, first);
      for (int bins = FEWEST + 1; bins <= history.size(); bins++) {
        LocalFit wider = over(history, logarithm, bins);
        if (wider == null || wider.scatter() > SAME_SCATTER * first.scatter()) {
          break;
        }
        best = wider.rateError() < best.line.rateError() ? new Straight(bins, wider) : best;
      }
      return best;
    }

    static @Nullable LocalFit over(FlowHistory history, IntToDoubleFunction logarithm, int bins) {
      return LocalFit.of(history, logarithm, bins, 1);
    }
  }

  /**
   * By the newest bins.
   *
   * @param logarithm of the eigenvalue in a bin, relative to whatever is held
   * @return null where there are too few bins
   */
  static @Nullable SharpnessDrift of(FlowHistory history, IntToDoubleFunction logarithm) {
    Straight straight = Straight.newest(history, logarithm);
    LocalFit all = Straight.over(history, logarithm, history.size());
    if (straight == null || all == null) {
      return null;
    }
    LocalFit newer = straight.line();
    int window = straight.bins();
    double sure = newer.rate() * newer.rate();
    double shrunk = newer.rate() * sure / (sure + newer.rateError() * newer.rateError());
    int last = history.size() - 1;
    int split = Math.max(0, history.size() - window);
    double relaxation = relaxation(history, logarithm, window, split, newer);
    double sinceMiddle = (history.time(last) - history.time(split)) / 2;
    double byModel = MODEL_ERROR * Math.hypot(newer.rate(), newer.rate() - all.rate());
    return new SharpnessDrift(
        history.lastTime(),
        newer.value(),
        newer.valueError(),
        Double.isNaN(shrunk) ? 0 : shrunk * StrictMath.exp(-relaxation * sinceMiddle),
        Math.hypot(newer.rateError(), byModel),
        relaxation);
  }

  private static double relaxation(
      FlowHistory history, IntToDoubleFunction logarithm, int window, int split, LocalFit newer) {
    FlowHistory before = history.oldest(split);
    LocalFit older = LocalFit.of(before, logarithm, window, 1);
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
   * Steps until it and something that grows steadily have risen together by a distance.
   *
   * @param distance how far
   * @param steady growth of the other, per unit of flow time
   * @param timeError error of the time for other reasons, units of flow time
   * @param step the last one
   * @return null where they do not rise, or where the error is as large as the number
   */
  @Nullable Estimate stepsToRise(
      double distance, double steady, double timeError, SphericalStep step) {
    if (!(distance > 0 && steady + rate > 0)) {
      return null;
    }
    double time = timeToRise(distance, steady, step.flowTime());
    double byDrift = Math.hypot(time * rateError, valueError) * time / distance;
    double error = Math.hypot(byDrift, timeError);
    double perUnit = 1 / step.flowTimeStep();
    return error < time
        ? Estimate.newBuilder()
            .setValue(time * perUnit + 0.5)
            .setStandardError(Math.hypot(error * perUnit, ROUNDING))
            .build()
        : null;
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
