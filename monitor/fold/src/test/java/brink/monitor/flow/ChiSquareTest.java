package brink.monitor.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChiSquareTest {
  // Quantiles of the χ² distribution as every table has them, to seven digits.
  @ParameterizedTest
  @CsvSource({
    "2.705543, 1, 0.1", "3.841459, 1, 0.05", "10.827566, 1, 0.001",
    "4.605170, 2, 0.1", "5.991465, 2, 0.05", "13.815511, 2, 0.001"
  })
  void survival_tabulatedQuantile_isItsProbability(double value, int degrees, double probability) {
    assertThat(ChiSquare.survival(value, degrees))
        .isCloseTo(probability, within(1e-6 * probability));
  }

  @Test
  void survival_ofNothing_isCertain() {
    assertThat(ChiSquare.survival(0, 1)).isCloseTo(1, within(1.2e-7));
    assertThat(ChiSquare.survival(0, 2)).isEqualTo(1);
  }
}
