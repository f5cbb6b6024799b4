package brink.trainer.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static double squared(double[] v) {
    return Arrays.stream(v).map(entry -> entry * entry).sum();
  }

  @Test
  void normal_sameSeed_givesSameBits() {
    assertThat(Initialization.normal(1, 100, 2)).isEqualTo(Initialization.normal(1, 100, 2));
  }

  @Test
  void normal_otherSeed_givesOtherNumbers() {
    assertThat(Initialization.normal(1, 100, 2)).isNotEqualTo(Initialization.normal(2, 100, 2));
  }

  @Test
  void normal_manyNumbers_haveTheStandardDeviation() {
    // the mean of 1e5 squares of variance 2σ⁴ has a relative standard deviation of 4.5e-3
    assertThat(squared(Initialization.normal(1, 100_000, 2)) / 100_000).isCloseTo(4, within(0.1));
  }

  @Test
  void onSphere_anySeed_hasTheNorm() {
    assertThat(squared(Initialization.onSphere(3, 100, 5))).isCloseTo(25, within(1e-12));
  }
}
