package brink.bench.detection;

/** log λ₁ of a recorded run as a function of flow time, averaged over a little of it. */
final class SharpnessTruth {
  /** Half of the width over which is averaged, units of flow time: a bin of the monitor's fit. */
  private static final double REACH = 0.01;

  /**
   * What the trend goes back, units of flow time: a third more than the monitor's closed bins,
   * because a longer line is the better rival.
   */
  private static final double HISTORY = 0.48;

  private final Trace trace;

  SharpnessTruth(Trace trace) {
    this.trace = trace;
  }

  /** Mean of log λ₁ around a flow time; NaN where none was measured. */
  double around(double time) {
    return mean(time - REACH, time + REACH);
  }

  /** Mean of the last log λ₁ that were known at a flow time: "stays as it is". */
  double latest(double time) {
    return mean(time - 2 * REACH, time);
  }

  private double mean(double from, double to) {
    double sum = 0;
    int count = 0;
    for (int i = firstAfter(from); i < trace.length() && trace.flowTime()[i] <= to; i++) {
      double value = trace.logSharpness()[i];
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /**
   * The straight line through the last half unit of log λ₁, continued.
   *
   * @param start flow time before which it does not look
   * @param now flow time at which the forecast is made
   * @param time flow time that it is for
   */
  double trend(double start, double now, double time) {
    LineFit fit = new LineFit();
    int first = firstAfter(Math.max(start, now - HISTORY));
    for (int i = first; i < trace.length() && trace.flowTime()[i] <= now; i++) {
      double value = trace.logSharpness()[i];
      if (!Double.isNaN(value)) {
        fit.add(trace.flowTime()[i] - now, value);
      }
    }
    return fit.at(time - now);
  }

  /** Index of the first step whose flow time is above a time. */
  private int firstAfter(double time) {
    int low = 0;
    int high = trace.length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (trace.flowTime()[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
