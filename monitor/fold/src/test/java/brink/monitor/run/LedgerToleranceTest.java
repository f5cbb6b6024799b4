package brink.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerToleranceTest {
  private final LedgerTolerance tolerance = LedgerTolerance.defaults();

  @ParameterizedTest
  @ValueSource(strings = {"float32", "f32", "float", "tf32", "bf16x9", "BF16X9"})
  void of_whatKeepsFloats_isThatOfFloat32(String precision) {
    assertThat(tolerance.of(precision)).isEqualTo(tolerance.float32());
  }

  @Test
  void of_bfloat16_isWider() {
    assertThat(tolerance.of("bf16")).isEqualTo(tolerance.half());
  }

  @Test
  void of_unknownWord_isNone() {
    assertThat(tolerance.of("fp8")).isNaN();
  }
}
