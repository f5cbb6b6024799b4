package brink.trainer.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.cpu.CpuKernels;
import org.junit.jupiter.api.Test;

class PrecisionTest {
  @Test
  void unitRoundoff_float64_isHalfTheSpacingAtOne() {
    try (Kernels kernels = new CpuKernels(1)) {
      assertThat(Precision.unitRoundoff(kernels)).isEqualTo(Math.ulp(1.0) / 2);
    }
  }
}
