package brink.bench.statistics;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What contenders that ran in turn took, in seconds, round by round.
 *
 * @param seconds as many numbers for each contender
 * @param <K> names of the contenders
 */
public record Times<K>(Map<K, List<Double>> seconds) {
  /** Seconds of one contender. */
  public SampleSpread of(K name) {
    return SampleSpread.of(rounds(name));
  }

  /** Time of one contender in units of the other's in the same round. */
  public SampleSpread ratio(K name, K unit) {
    double[] ratios = rounds(name);
    double[] units = rounds(unit);
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] /= units[i];
    }
    return SampleSpread.of(ratios);
  }

  private double[] rounds(K name) {
    return Objects.requireNonNull(seconds.get(name), () -> "no contender " + name).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
