package brink.trainer.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrecisionTest {
  @Test
  void unitRoundoff_ofEachFormat_isHalfTheDistanceFromOneToTheNext() {
    assertThat(Precision.FLOAT64.unitRoundoff()).isEqualTo(Math.ulp(1.0) / 2);
    assertThat(Precision.FLOAT32.unitRoundoff()).isEqualTo(Math.ulp(1.0f) / 2.0);
  }
}
