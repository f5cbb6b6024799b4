package brink.monitor.geometry;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * Mean and scatter of a signal over its last samples: exact averages up to the horizon, exponential
 * forgetting beyond it.
 *
 * @param mean mean; meaningless while count is 0
 * @param variance mean squared deviation
 * @param count samples in it, at most the horizon
 */
public record Smoothed(double mean, double variance, int count) {
  /** Of no samples. */
  public static final Smoothed EMPTY = new Smoothed(0, 0, 0);

  /** With one more sample. */
  public Smoothed with(double sample, int horizon) {
    int n = Math.min(count + 1, horizon);
    double difference = sample - mean;
    double share = 1.0 / n;
    return new Smoothed(
        mean + difference * share, (1 - share) * (variance + difference * difference * share), n);
  }

  /** Standard error of the mean from the scatter alone; 0 below two samples. */
  public double standardError() {
    return count < 2 ? 0 : Math.sqrt(variance / (count - 1));
  }

  /** Whether there is any sample. */
  public boolean known() {
    return count > 0;
  }

  /** Appends its bytes. */
  public void write(StateWriter out) {
    out.put(mean).put(variance).put(count);
  }

  /** Reads its bytes. */
  public static Smoothed read(StateReader in) {
    return new Smoothed(in.getDouble(), in.getDouble(), in.getInt());
  }
}
