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

  private static final FlowSettings SETTINGS = FlowSettings.defaults();

  private static RelaxationFit fit(FlowHistory history, double error) {
    RelaxationFit.Parameters start = new RelaxationFit.Parameters(0, 1);
    return Objects.requireNonNull(RelaxationFit.of(history, start, error, SETTINGS));
  }

  @Test
  void relaxation_exactBins_findsParameters() {
    FlowHistory history = closedForm(40, 5, 2, 0);
    RelaxationFit fit = fit(history, 1e-3);
    // κ's own information is 1/0.013², its prior's 1/0.5² at 2.3: 2 + 0.3·(0.013/0.5)².
    assertThat(fit.parameters().kappa()).isCloseTo(2, within(1e-3));
    assertThat(fit.parameters().gradientSquared(0)).isCloseTo(5 * Math.exp(-0.78), within(1e-3));
    double ahead = SharpnessReductionFlow.logSharpnessChange(5, 2, 1.39) + 4;
    assertThat(fit.level() + fit.change(1)).isCloseTo(ahead, within(1e-4));
    assertThat(fit.level() + fit.changeUntilRest())
        .isCloseTo(4 + SharpnessReductionFlow.logSharpnessAtRest(5, 2), within(1e-3));
    assertThat(fit.wander()).isLessThan(1e-4);
  }

  @Test
  void relaxation_noisyBins_errorsCoverTruth() {
    RelaxationFit fit = fit(closedForm(40, 5, 2, 1e-2), 1e-2);
    assertThat(fit.kappaError()).isBetween(0.01, 1.0);
    assertThat(fit.parameters().kappa()).isCloseTo(2, within(4 * fit.kappaError()));
    double ahead = SharpnessReductionFlow.logSharpnessChange(5, 2, 1.39) + 4;
    double error = Math.hypot(fit.changeError(1), fit.wander());
    assertThat(fit.level() + fit.change(1)).isCloseTo(ahead, within(4 * error));
    // Two bins' mean is 0.0071 off, and so is each bin about the closed form by 0.01.
    assertThat(fit.wander()).isBetween(0.007, 0.013);
  }

  @Test
  void relaxation_sharesThatSayNothing_leaveKappaAtItsPrior() {
    RelaxationFit fit = fit(closedForm(40, 5, 4, 1), 1);
    assertThat(fit.parameters().kappa())
        .isCloseTo(SETTINGS.relaxation().kappa(), within(SETTINGS.relaxation().kappaSpread()));
    assertThat(fit.kappaError()).isCloseTo(SETTINGS.relaxation().kappaSpread(), within(0.05));
  }

  @Test
  void relaxation_anotherKappa_isFoundWithPriorAndErrorsByFiniteDifferences() {
    FlowHistory history = closedForm(40, 5, 3.5, 0);
    RelaxationFit fit = fit(history, 1e-4);
    assertThat(fit.parameters().kappa()).isCloseTo(3.5, within(1e-2));
    double b = fit.parameters().logGradientSquared();
    double k = fit.parameters().kappa();
    double step = 1e-5;
    double byLogarithm = (change(b + step, k) - change(b - step, k)) / (2 * step);
    double byKappa = (change(b, k + step) - change(b, k - step)) / (2 * step);
    double variance =
        byLogarithm * byLogarithm * fit.normal().inverse(0, 0)
            + 2 * byLogarithm * byKappa * fit.normal().inverse(0, 1)
            + byKappa * byKappa * fit.normal().inverse(1, 1);
    assertThat(fit.changeError(0.7)).isCloseTo(Math.sqrt(fit.scale() * variance), within(1e-8));
  }

  private static double change(double logarithm, double kappa) {
    return SharpnessReductionFlow.logSharpnessChange(Math.exp(logarithm), kappa, 0.7);
  }

  @Test
  void relaxation_atRest_staysThere() {
    FlowHistory history = FlowHistory.EMPTY;
    for (int i = 0; i < 36; i++) {
      history = history.with(0.01 * i, 3, 1, Double.NaN);
    }
    RelaxationFit fit = fit(history, 0);
    assertThat(fit.level() + fit.change(1)).isCloseTo(3, within(1e-4));
    assertThat(fit.changeError(1)).isLessThan(1e-3);
    assertThat(fit.wander()).isLessThan(1e-5);
  }

  @Test
  void relaxation_sharesThatAreNoNumbers_isAbsent() {
    FlowHistory history = closedForm(20, 5, 2, 0).with(3.21, 4, Double.NaN, Double.NaN);
    RelaxationFit.Parameters start = new RelaxationFit.Parameters(0, 1);
    assertThat(RelaxationFit.of(history, start, 1e-3, SETTINGS)).isNull();
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
