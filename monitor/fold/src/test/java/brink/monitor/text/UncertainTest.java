package brink.monitor.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UncertainTest {
  @ParameterizedTest
  @CsvSource({
    "2, 0.0124, 2.000 ± 0.012",
    "-0.3968, 0.0291, −0.397 ± 0.029",
    "9.5, 7.25, 9.500 ± 7.250",
    "1.0005, 0.0005, 1.001 ± 0.001",
    "2.00002, 0.00042, 2.0000 ± 0.0004",
    "-0.04123456, 0.0000023, −0.041235 ± 0.000002",
    "2, 1e-9, 2.000000 ± <1e−6",
    "2, 0, 2.000 ± 0",
    "2, NaN, 2.000 ± NaN",
    "2, Infinity, 2.000 ± Infinity"
  })
  void text_anyError_showsADigitOfIt(double value, double error, String expected) {
    assertThat(Uncertain.text(value, error)).isEqualTo(expected);
  }
}
