package brink.bench.statistics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Median and quartiles of repeated measurements; a single number where all three are equal.
 *
 * @param low first quartile
 * @param median second quartile
 * @param high third quartile
 * @param count number of measurements
 */
public record SampleSpread(double low, double median, double high, int count) {
  /** The quartiles of a sample, interpolated linearly between its order statistics. */
  public static SampleSpread of(double... sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("an empty sample has no median");
    }
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    return new SampleSpread(
        quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75), sorted.length);
  }

  /** One number that was not measured repeatedly. */
  public static SampleSpread exactly(double value) {
    return new SampleSpread(value, value, value, 1);
  }

  /**
   * The quartiles of the mapped sample.
   *
   * @param increasing a function that keeps the order
   */
  public SampleSpread map(DoubleUnaryOperator increasing) {
    return new SampleSpread(
        increasing.applyAsDouble(low),
        increasing.applyAsDouble(median),
        increasing.applyAsDouble(high),
        count);
  }

  /**
   * The quantile of a sample, interpolated linearly between its order statistics.
   *
   * @param sorted ascending, not empty
   * @param share from 0, the smallest, to 1, the largest
   */
  public static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
