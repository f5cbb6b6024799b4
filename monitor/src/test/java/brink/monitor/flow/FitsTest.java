package brink.monitor.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fits on bins that follow their models exactly, or with known noise. */
final class FitsTest {
  private static FlowHistory closedForm(
      int bins, double gradientSquared, double kappa, double noise) {
    Random random = new Random(7);
    FlowHistory history = FlowHistory.EMPTY;
    for (int i = 0; i < bins; i++) {
      double u = 0.01 * i;
      double g = gradientSquared * Math.exp(-kappa * u);
      history =
          history.with(
              3 + u,
              4
                  + SharpnessReductionFlow.logSharpnessChange(gradientSquared, kappa, u)
                  + noise * random.nextGaussian(),
              SharpnessReductionFlow.share(g) + noise * random.nextGaussian(),
              Double.NaN);
    }
    return history;
  }

  private static RelaxationFit fit(FlowHistory history, double error) {
    RelaxationFit.Parameters start = new RelaxationFit.Parameters(3.5, 0, 1);
    return Objects.requireNonNull(RelaxationFit.of(history, start, error, error));
  }

  @Test
  void relaxation_exactBins_findsParameters() {
    FlowHistory history = closedForm(40, 5, 2, 0);
    RelaxationFit fit = fit(history, 1e-3);
    // Shares are stored in single precision: 6e-8 of each.
    assertThat(fit.parameters().kappa()).isCloseTo(2, within(1e-4));
    assertThat(fit.parameters().gradientSquared()).isCloseTo(5 * Math.exp(-2 * 0.39), within(1e-4));
    double ahead = SharpnessReductionFlow.logSharpnessChange(5, 2, 1.39) + 4;
    assertThat(fit.logSharpness(1)).isCloseTo(ahead, within(1e-5));
    assertThat(fit.logSharpnessAtRest())
        .isCloseTo(4 + SharpnessReductionFlow.logSharpnessAtRest(5, 2), within(1e-4));
  }

  @Test
  void relaxation_noisyBins_errorsCoverTruth() {
    RelaxationFit fit = fit(closedForm(40, 5, 2, 1e-2), 1e-2);
    assertThat(fit.kappaError()).isBetween(0.01, 1.0);
    assertThat(fit.parameters().kappa()).isCloseTo(2, within(4 * fit.kappaError()));
    double ahead = SharpnessReductionFlow.logSharpnessChange(5, 2, 1.39) + 4;
    assertThat(fit.logSharpness(1)).isCloseTo(ahead, within(4 * fit.logSharpnessError(1)));
  }

  @Test
  void local_quadratic_isExactAtNewestBin() {
    FlowHistory history = FlowHistory.EMPTY;
    for (int i = 0; i < 12; i++) {
      double x = 0.01 * (i - 11);
      history = history.with(5 + x, 1 - 2 * x + 3 * x * x, 0.5, i % 2 == 0 ? 0.3 : Double.NaN);
    }
    LocalFit fit = Objects.requireNonNull(LocalFit.of(history, history::logSharpness, 12, 2));
    // Steps of 0.02 from bin to bin are stored in single precision: 6e-8 of each, eleven of them.
    assertThat(fit.value()).isCloseTo(1, within(1.4e-8));
    assertThat(fit.rate()).isCloseTo(-2, within(1e-5));
    assertThat(fit.scatter()).isLessThan(1.4e-8);
    LocalFit direct = Objects.requireNonNull(LocalFit.of(history, history::direct, 12, 1));
    assertThat(direct.value()).isCloseTo(0.3, within(1e-6));
  }

  @Test
  void local_tooFewBins_isAbsent() {
    FlowHistory history = closedForm(4, 5, 2, 0);
    assertThat(LocalFit.of(history, history::logSharpness, 12, 2)).isNull();
    assertThat(LocalFit.of(FlowHistory.EMPTY, i -> 0, 12, 1)).isNull();
  }

  @Test
  void history_full_forgetsOldest() {
    FlowHistory history = closedForm(FlowHistory.CAPACITY + 5, 5, 2, 0);
    assertThat(history.size()).isEqualTo(FlowHistory.CAPACITY);
    // 47 steps of 0.01, each stored with an error of 6e-8 of it.
    assertThat(history.time(0)).isCloseTo(3.05, within(3e-8));
    assertThat(history.lastTime()).isEqualTo(3 + 0.01 * (FlowHistory.CAPACITY + 4));
  }
}
