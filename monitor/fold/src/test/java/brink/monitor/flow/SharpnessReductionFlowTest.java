package brink.monitor.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SharpnessReductionFlowTest {
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.1, 1, 5, 100})
  void inverses_ofRateAndShare_giveGradientBack(double g) {
    double rate = SharpnessReductionFlow.rate(g);
    double share = SharpnessReductionFlow.share(g);
    // Conditioning: dG²/dshare·share/G² = −(4 + G²)/G²·… is 4e6 at 1e-6, times 1.1e-16.
    assertThat(SharpnessReductionFlow.gradientSquaredFromRate(rate))
        .isCloseTo(g, within(1e-12 * g));
    assertThat(SharpnessReductionFlow.gradientSquaredFromShare(share))
        .isCloseTo(g, within(1e-9 * g));
    assertThat(SharpnessReductionFlow.rateFromShare(share)).isCloseTo(rate, within(1e-15));
    assertThat(rate).isBetween(-2.0, 0.0);
  }

  @ParameterizedTest
  @CsvSource({"5, 2, 1", "5, 2, -0.3", "0.1, 0.5, 2", "5, -0.4, 1", "3, 0, 1", "3, 1e-12, 1"})
  void closedForm_againstIntegratedRate_agrees(double g, double kappa, double elapsed) {
    int n = 2000;
    double h = elapsed / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double a = SharpnessReductionFlow.rate(g * Math.exp(-kappa * i * h));
      double m = SharpnessReductionFlow.rate(g * Math.exp(-kappa * (i + 0.5) * h));
      double b = SharpnessReductionFlow.rate(g * Math.exp(-kappa * (i + 1) * h));
      sum += h / 6 * (a + 4 * m + b);
    }
    // Simpson's error is below h⁴ = 1e-12 for rates whose fourth derivative is of order 10; 2000
    // roundings.
    assertThat(SharpnessReductionFlow.logSharpnessChange(g, kappa, elapsed))
        .isCloseTo(sum, within(1e-11));
  }

  @Test
  void closedForm_longAhead_tendsToRest() {
    assertThat(SharpnessReductionFlow.logSharpnessChange(5, 2, 30))
        .isCloseTo(SharpnessReductionFlow.logSharpnessAtRest(5, 2), within(1e-14));
  }
}
