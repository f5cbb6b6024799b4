package brink.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SampleSpreadTest {
  @Test
  void of_oddSample_hasItsOrderStatistics() {
    assertThat(SampleSpread.of(5, 1, 4, 2, 3)).isEqualTo(new SampleSpread(2, 3, 4, 5));
  }

  @Test
  void of_evenSample_interpolates() {
    assertThat(SampleSpread.of(4, 1, 3, 2)).isEqualTo(new SampleSpread(1.75, 2.5, 3.25, 4));
  }

  @Test
  void of_single_isThatNumber() {
    assertThat(SampleSpread.of(7)).isEqualTo(SampleSpread.exactly(7));
  }

  @Test
  void of_outlier_doesNotMoveTheMedian() {
    assertThat(SampleSpread.of(1, 1, 1, 1, 1_000).median()).isEqualTo(1);
  }

  @Test
  void of_nothing_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(SampleSpread::of);
  }

  @Test
  void map_increasing_mapsTheQuartiles() {
    assertThat(SampleSpread.of(1, 2, 3).map(x -> 2 * x)).isEqualTo(SampleSpread.of(2, 4, 6));
  }

  @Test
  void quantile_atTheEnds_isSmallestAndLargest() {
    double[] sorted = {1, 2, 10};
    assertThat(SampleSpread.quantile(sorted, 0)).isEqualTo(1);
    assertThat(SampleSpread.quantile(sorted, 1)).isEqualTo(10);
  }
}
