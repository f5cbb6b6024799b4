package brink.trainer.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

/** What the contract suites of the kernels share. An implementation's test implements them all. */
public interface KernelsContract {
  /** The kernels under test; closed by the test class. */
  Kernels kernels();

  /** Unit roundoff of the kernels' precision. */
  default double unitRoundoff() {
    return kernels().precision().unitRoundoff();
  }

  /** A tensor of given values. */
  default Tensor tensor(int rows, int columns, double... values) {
    Tensor tensor = kernels().allocate(rows, columns);
    tensor.set(values);
    return tensor;
  }

  /** Uniform numbers in [−1, 1); the same for the same seed. */
  static double[] uniform(long seed, int length) {
    return new Random(seed).doubles(length).map(u -> 2 * u - 1).toArray();
  }

  /**
   * Asserts equality up to rounding.
   *
   * @param operations number of roundings behind an entry
   */
  default void assertClose(double[] actual, double[] expected, double operations) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(actual)
        .usingComparatorWithPrecision(operations * unitRoundoff() * scale)
        .containsExactly(expected);
  }

  /** Asserts equality up to rounding of numbers of the size of scale. */
  default void assertClose(double actual, double expected, double operations, double scale) {
    assertThat(actual).isCloseTo(expected, within(operations * unitRoundoff() * scale));
  }
}
