package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.GradientEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientCadenceTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "10000, 1", "10001, 2", "20000, 2", "1000000, 100"})
  void defaultFor_dimension_keepsBytesPerStep(int dimension, int every) {
    assertThat(GradientCadence.defaultFor(dimension).everySteps()).isEqualTo(every);
  }

  @Test
  void isDue_everyThird_isFromZero() {
    GradientCadence third = new GradientCadence(3, GradientEncoding.GRADIENT_ENCODING_F32);
    assertThat(third.isDue(0)).isTrue();
    assertThat(third.isDue(1)).isFalse();
    assertThat(third.isDue(3)).isTrue();
  }

  @Test
  void isDue_none_isNever() {
    assertThat(GradientCadence.NONE.isDue(0)).isFalse();
  }
}
