package brink.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.run.TrainRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class RateTest {
  private final Rate rate = new Rate();

  @Test
  void convert_numbersAndMax_areRates() {
    assertThat(rate.convert("200")).isEqualTo(200);
    assertThat(rate.convert("0.5")).isEqualTo(0.5);
    assertThat(rate.convert("max")).isEqualTo(TrainRun.UNPACED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "NaN", "", "fast"})
  void convert_anythingElse_saysWhatToGive(String text) {
    assertThatThrownBy(() -> rate.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(
            "'" + text + "' is not a rate: give steps per second, for example 200, or 'max'");
  }
}
