package brink.trainer.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  private static final int DRAWS = 10_000;
  // A sample correlation of independent numbers has standard deviation 1/√DRAWS = 0.01.
  private static final double FIVE_SIGMA = 0.05;

  private static double correlation(Random first, Random second) {
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += first.nextGaussian() * second.nextGaussian();
    }
    return sum / DRAWS;
  }

  @Test
  void of_sameSeedAndPurpose_givesSameNumbers() {
    assertThat(RandomStream.of("weights", 1).nextLong())
        .isEqualTo(RandomStream.of("weights", 1).nextLong());
  }

  @Test
  void of_sameSeedOtherPurpose_isIndependent() {
    assertThat(correlation(RandomStream.of("weights", 1), RandomStream.of("data", 1)))
        .isCloseTo(0, within(FIVE_SIGMA));
  }

  @Test
  void of_neighbouringSeeds_areIndependent() {
    assertThat(correlation(RandomStream.of("weights", 1), RandomStream.of("weights", 2)))
        .isCloseTo(0, within(FIVE_SIGMA));
  }
}
