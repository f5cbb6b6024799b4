package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.Arrays;

/**
 * The last closed bins, oldest first; immutable. Everything is kept in single precision, flow times
 * and log λ₁ as differences from one bin to the next, which are small: their own scatter is far
 * above the rounding.
 */
final class FlowHistory {
  /**
   * Bins kept: 0.36 units of flow time at the default cadence, 32 bytes each. A third more forecast
   * no better anywhere in the corpus.
   */
  static final int CAPACITY = 36;

  private static final float[] NONE = {};

  static final FlowHistory EMPTY =
      new FlowHistory(0, 0, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE);

  private final double lastTime;
  private final double lastLogSharpness;
  private final float[] timeSteps;
  private final float[] logSteps;
  private final float[] shares;
  private final float[] ratios;
  private final float[] direct;
  private final float[] slopes;
  private final float[] lags;
  private final float[] next;
  private final double[] times;
  private final double[] logs;

  private FlowHistory(
      double lastTime,
      double lastLogSharpness,
      float[] timeSteps,
      float[] logSteps,
      float[] shares,
      float[] ratios,
      float[] direct,
      float[] slopes,
      float[] lags,
      float[] next) {
    this.lastTime = lastTime;
    this.lastLogSharpness = lastLogSharpness;
    this.timeSteps = timeSteps;
    this.logSteps = logSteps;
    this.shares = shares;
    this.ratios = ratios;
    this.direct = direct;
    this.slopes = slopes;
    this.lags = lags;
    this.next = next;
    this.times = backwards(lastTime, timeSteps);
    this.logs = backwards(lastLogSharpness, logSteps);
  }

  private static double[] backwards(double last, float[] steps) {
    double[] values = new double[steps.length];
    double value = last;
    for (int i = steps.length - 1; i >= 0; i--) {
      values[i] = value;
      value -= steps[i];
    }
    return values;
  }

  /** With one more bin of which s is not known. */
  FlowHistory with(double time, double logarithm, double share, double gradientSquared) {
    return with(time, logarithm, share, Double.NaN, gradientSquared);
  }

  /** With one more bin in which λ₁ was alone at the threshold, if G² was measured. */
  FlowHistory with(
      double time, double logarithm, double share, double logRatio, double gradientSquared) {
    return with(
        time,
        logarithm,
        share,
        logRatio,
        gradientSquared,
        false,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }

  /**
   * With one more bin; the oldest goes when it is full. NaN is not measured.
   *
   * @param ofSeveral whether the directly measured G² is G*² of several eigenvalues
   * @param slopeRate d log λ/dτ by the slope of the loss along the measured gradient
   * @param lagging share in that gradient of the motion that follows late
   * @param logNext ln s of the largest eigenvalue below the threshold
   */
  FlowHistory with(
      double time,
      double logarithm,
      double share,
      double logRatio,
      double gradientSquared,
      boolean ofSeveral,
      double slopeRate,
      double lagging,
      double logNext) {
    int from = size() == CAPACITY ? 1 : 0;
    return new FlowHistory(
        time,
        logarithm,
        appended(timeSteps, from, time - lastTime),
        appended(logSteps, from, logarithm - lastLogSharpness),
        appended(shares, from, share),
        appended(ratios, from, logRatio),
        appended(direct, from, ofSeveral ? -gradientSquared : gradientSquared),
        appended(slopes, from, slopeRate),
        appended(lags, from, lagging),
        appended(next, from, logNext));
  }

  private static float[] appended(float[] values, int from, double value) {
    float[] longer = Arrays.copyOfRange(values, from, values.length + 1);
    longer[longer.length - 1] = (float) value;
    return longer;
  }

  FlowHistory oldest(int bins) {
    int to = Math.max(0, Math.min(bins, size()));
    return to == 0 ? EMPTY : range(0, to);
  }

  FlowHistory withoutOldest() {
    return range(1, size());
  }

  private FlowHistory range(int from, int to) {
    return new FlowHistory(
        times[to - 1],
        logs[to - 1],
        Arrays.copyOfRange(timeSteps, from, to),
        Arrays.copyOfRange(logSteps, from, to),
        Arrays.copyOfRange(shares, from, to),
        Arrays.copyOfRange(ratios, from, to),
        Arrays.copyOfRange(direct, from, to),
        Arrays.copyOfRange(slopes, from, to),
        Arrays.copyOfRange(lags, from, to),
        Arrays.copyOfRange(next, from, to));
  }

  int size() {
    return shares.length;
  }

  /** τ of a bin. */
  double time(int bin) {
    return times[bin];
  }

  /** τ of the newest bin. */
  double lastTime() {
    return lastTime;
  }

  double logSharpness(int bin) {
    return logs[bin];
  }

  double share(int bin) {
    return shares[bin];
  }

  /** ln s of a bin; NaN below the edge. */
  double logRatio(int bin) {
    return ratios[bin];
  }

  /** Mean ln s of as many of the newest bins; NaN where it is not known of all of them. */
  double meanLogRatio(int newest) {
    int count = Math.min(newest, size());
    double sum = 0;
    for (int bin = size() - count; bin < size(); bin++) {
      sum += ratios[bin];
    }
    return sum / count;
  }

  /** G², or G*² of several eigenvalues, measured directly; NaN where it was not. */
  double direct(int bin) {
    return Math.abs(direct[bin]);
  }

  /** Whether that is of several eigenvalues. */
  boolean isOfSeveral(int bin) {
    return Math.copySign(1, direct[bin]) < 0;
  }

  /** d log λ/dτ by the slope of the loss along the measured gradient; NaN where not measured. */
  double slopeRate(int bin) {
    return slopes[bin];
  }

  /**
   * Mean share in the directly measured gradient of the motion that follows late, over the bins
   * from one on; 0 where no producer says it.
   */
  double lagging(int from) {
    double sum = 0;
    int count = 0;
    for (int bin = from; bin < size(); bin++) {
      if (!Float.isNaN(lags[bin])) {
        sum += lags[bin];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** ln s of the largest eigenvalue below the threshold; NaN where none was published. */
  double logNext(int bin) {
    return next[bin];
  }

  /** The newest bin in which G² was measured; −1 if there is none. */
  int lastDirect() {
    int bin = size() - 1;
    while (bin >= 0 && Float.isNaN(direct[bin])) {
      bin--;
    }
    return bin;
  }

  void write(StateWriter out) {
    out.put(size()).put(lastTime).put(lastLogSharpness);
    for (int i = 0; i < size(); i++) {
      out.put(timeSteps[i]).put(logSteps[i]).put(shares[i]).put(ratios[i]);
      out.put(direct[i]).put(slopes[i]).put(lags[i]).put(next[i]);
    }
  }

  static FlowHistory read(StateReader in) {
    int size = in.getInt();
    if (size < 0 || size > CAPACITY) {
      throw new IllegalArgumentException("a history has " + size + " bins");
    }
    double time = in.getDouble();
    double logarithm = in.getDouble();
    float[][] columns = new float[8][size];
    for (int i = 0; i < size; i++) {
      for (float[] column : columns) {
        column[i] = in.getFloat();
      }
    }
    return new FlowHistory(
        time,
        logarithm,
        columns[0],
        columns[1],
        columns[2],
        columns[3],
        columns[4],
        columns[5],
        columns[6],
        columns[7]);
  }
}
