package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measured log λ₁ over the last unit of flow time, in means over tenths of it: long enough that a
 * wave which is slow against the bins of the fits, and stands still at its crest, is seen to move.
 *
 * @param start τ at which the open tenth began; NaN before any bin
 * @param sum Σ of log λ₁ in it
 * @param count bins in it
 * @param means of the closed tenths, oldest first
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared
record RestWatch(double start, double sum, int count, float[] means) {
  static final RestWatch EMPTY = new RestWatch(Double.NaN, 0, 0, new float[0]);

  private static final double TENTH = 0.1;
  private static final int TENTHS = 10;

  /** With one more bin; what a bin without sharpness leaves open cannot be at rest. */
  RestWatch with(double time, double logSharpness) {
    if (Double.isNaN(start) || time >= start + 2 * TENTH) {
      return new RestWatch(time, logSharpness, 1, new float[0]);
    }
    if (time < start + TENTH) {
      return new RestWatch(start, sum + logSharpness, count + 1, means);
    }
    int from = means.length == TENTHS ? 1 : 0;
    float[] longer = Arrays.copyOfRange(means, from, means.length + 1);
    longer[longer.length - 1] = (float) (sum / count);
    return new RestWatch(start + TENTH, logSharpness, 1, longer);
  }

  /** What log λ₁ did over the last unit of flow time; null before there was one. */
  @Nullable Rest rest() {
    if (means.length < TENTHS) {
      return null;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double moment = 0;
    double mean = 0;
    for (float value : means) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      mean += value / TENTHS;
    }
    double squares = 0;
    for (int i = 0; i < TENTHS; i++) {
      double time = TENTH * (i - (TENTHS - 1) / 2.0);
      moment += time * (means[i] - mean);
      squares += time * time;
    }
    double rate = moment / squares;
    double scatter = 0;
    for (int i = 0; i < TENTHS; i++) {
      double left = means[i] - mean - rate * TENTH * (i - (TENTHS - 1) / 2.0);
      scatter += left * left / (TENTHS - 2);
    }
    return new Rest(rate, Math.sqrt(scatter / squares), high - low, TENTH * TENTHS);
  }

  void write(StateWriter out) {
    out.put(start).put(sum).put(count).put((byte) means.length);
    for (float value : means) {
      out.put(value);
    }
  }

  static RestWatch read(StateReader in) {
    double start = in.getDouble();
    double sum = in.getDouble();
    int count = in.getInt();
    int size = in.getByte();
    if (size < 0 || size > TENTHS) {
      throw new IllegalArgumentException(size + " tenths of a unit of flow time");
    }
    float[] means = new float[size];
    for (int i = 0; i < size; i++) {
      means[i] = in.getFloat();
    }
    return new RestWatch(start, sum, count, means);
  }
}
