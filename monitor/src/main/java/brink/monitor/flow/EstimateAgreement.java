package brink.monitor.flow;

import brink.v1.FlowPrediction;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether estimates of G² are estimates of one number: χ² of the rates d log λ₁/dτ that they imply
 * about their weighted mean. Rates, because they are bounded where G² is small or huge.
 *
 * @param probability of a χ² as large or larger if they are
 * @param failing the one that does not go with the others; null while χ² is no reason to doubt them
 */
record EstimateAgreement(double probability, @Nullable FlowPrediction failing) {
  /** Two-sided probability of three standard errors. */
  private static final double DOUBT = 0.0027;

  /**
   * One of them.
   *
   * @param rate d log λ₁/dτ
   * @param error its standard error, what the theory leaves out included
   */
  record Implied(FlowPrediction source, double rate, double error) {}

  /** Null for fewer than two. */
  static @Nullable EstimateAgreement of(List<Implied> estimates) {
    if (estimates.size() < 2) {
      return null;
    }
    double probability = ChiSquare.survival(chiSquare(estimates), estimates.size() - 1);
    return new EstimateAgreement(probability, probability < DOUBT ? odd(estimates) : null);
  }

  private static double chiSquare(List<Implied> estimates) {
    double weights = 0;
    double sum = 0;
    for (Implied estimate : estimates) {
      double weight = 1 / (estimate.error() * estimate.error());
      weights += weight;
      sum += weight * estimate.rate();
    }
    double mean = sum / weights;
    double square = 0;
    for (Implied estimate : estimates) {
      double deviation = (estimate.rate() - mean) / estimate.error();
      square += deviation * deviation;
    }
    return square;
  }

  // Of two, the angular step predicts and the other is held against it.
  private static FlowPrediction odd(List<Implied> estimates) {
    int odd = estimates.size() - 1;
    double least = Double.POSITIVE_INFINITY;
    for (int without = 0; estimates.size() > 2 && without < estimates.size(); without++) {
      double rest = chiSquare(without(estimates, without));
      if (rest < least) {
        least = rest;
        odd = without;
      }
    }
    return estimates.get(odd).source();
  }

  private static List<Implied> without(List<Implied> estimates, int one) {
    return IntStream.range(0, estimates.size())
        .filter(i -> i != one)
        .mapToObj(estimates::get)
        .toList();
  }
}
