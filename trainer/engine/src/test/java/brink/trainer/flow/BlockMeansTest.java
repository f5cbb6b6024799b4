package brink.trainer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockMeansTest {
  @Test
  void scatter_ofAPathThatBendsSmoothly_isZero() {
    BlockMeans means = new BlockMeans();
    for (int block = 0; block < BlockMeans.COUNT; block++) {
      means.add(block, 3 + 2.0 * block - 0.5 * block * block, block, 0);
    }
    // sums of eight numbers below 30
    assertThat(means.scatter(0.7)).isCloseTo(0, within(30 * 8 * 0x1p-53));
  }

  @Test
  void scatter_onTheFlowsClock_isZeroHoweverTheRatioBreathes() {
    double speed = 0.3;
    BlockMeans means = new BlockMeans();
    for (int block = 0; block < BlockMeans.COUNT; block++) {
      double logRatio = 0.1 * Math.sin(block);
      means.add(block, -speed * (block - logRatio / 2), block, logRatio);
    }
    assertThat(means.scatter(speed)).isCloseTo(0, within(30 * 8 * 0x1p-53));
    assertThat(means.progress()).isCloseTo(7 - 0.05 * Math.sin(7), within(1e-14));
    assertThat(means.flowTime()).isEqualTo(7);
  }

  @Test
  void scatter_ofIndependentErrors_makesAQuotientOfVarianceOne() {
    Random random = new Random(1);
    int runs = 20_000;
    double squares = 0;
    double quotients = 0;
    for (int run = 0; run < runs; run++) {
      BlockMeans means = new BlockMeans();
      for (int block = 0; block < BlockMeans.COUNT; block++) {
        means.add(block, random.nextGaussian(), block, 0);
      }
      double scatter = means.scatter(0);
      squares += scatter * scatter / runs;
      double quotient = random.nextGaussian() / scatter;
      quotients += Math.abs(quotient) > 2 ? 1.0 / runs : 0;
    }
    // 5/3 of the errors' variance, of five third differences
    assertThat(squares).isCloseTo(5.0 / 3, withinPercentage(5));
    // of a normal quotient 4.6 % are beyond 2; of few freedoms the tails are longer
    assertThat(quotients).isBetween(0.02, 0.09);
  }
}
