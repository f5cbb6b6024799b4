package brink.monitor.flow;

import static brink.v1.ForecastBasis.FORECAST_BASIS_LEVEL;
import static brink.v1.ForecastBasis.FORECAST_BASIS_RELAXATION;
import static brink.v1.ForecastBasis.FORECAST_BASIS_UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.flow.RelaxationFit.Parameters;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How sharpness is continued once forecasts could be checked. */
final class ForecasterTest {
  private static final double WIDTH = 0.01;

  private final FlowSettings settings = FlowSettings.defaults();
  private final Forecaster forecaster = new Forecaster(settings);
  private final Random random = new Random(3);
  private FlowHistory history = FlowHistory.EMPTY;
  private TrackRecord record = TrackRecord.EMPTY;
  private FlowFitted fitted = FlowFitted.getDefaultInstance();
  private int bins;

  /** Bins that follow a closed form, fitted as such, with noise. */
  private void follow(double units, double gradientSquared, double kappa, double noise) {
    for (; bins < units / WIDTH; bins++) {
      double u = bins * WIDTH;
      double logarithm =
          SharpnessReductionFlow.logSharpnessChange(gradientSquared, kappa, u)
              + noise * random.nextGaussian();
      double share = SharpnessReductionFlow.share(gradientSquared * Math.exp(-kappa * u));
      history = history.with(u, logarithm, share, Double.NaN);
      FlowFitted.Builder builder = FlowFitted.newBuilder();
      RelaxationFit fit =
          history.size() < settings.fewestBins()
              ? null
              : RelaxationFit.of(history, new Parameters(logarithm, 0, 1), 1e-3, 1e-3);
      record = forecaster.forecast(record, history, u, fit, builder);
      fitted = builder.build();
    }
  }

  /** Bins about a level, with shares that promise a fall that does not come. */
  private void wander(double units, double scatter) {
    for (; bins < units / WIDTH; bins++) {
      double u = bins * WIDTH;
      history = history.with(u, scatter * random.nextGaussian(), 0.97, Double.NaN);
      FlowFitted.Builder builder = FlowFitted.newBuilder();
      record = forecaster.forecast(record, history, u, null, builder);
      fitted = builder.build();
    }
  }

  @Test
  void forecast_closedForm_staysWithIt() {
    follow(1.5, 5, 2, 0);
    assertThat(fitted.getForecastBasis()).isEqualTo(FORECAST_BASIS_RELAXATION);
    assertThat(record.tally(0).meanSquare()).isLessThan(record.tally(1).meanSquare());
    Forecast half = fitted.getForecasts(0);
    double truth = SharpnessReductionFlow.logSharpnessChange(5, 2, 1.49 + 0.5);
    assertThat(Math.log(half.getSharpness())).isCloseTo(truth, within(1e-3));
    assertThat(half.getLow()).isLessThan(half.getSharpness());
    assertThat(half.getHigh()).isGreaterThan(half.getSharpness());
  }

  @Test
  void forecast_goodRecord_narrowsTheInterval() {
    follow(0.5, 5, 2, 0);
    double before = width();
    follow(1.5, 5, 2, 0);
    // Six checked forecasts that were right, faded to 4.7, and the claimed error, which counts for
    // one, make √(1/5.7) times 1 + 1.6/5.7 = 0.54; the first ones, from few bins, were less right.
    assertThat(record.tally(0).calibration()).isBetween(0.53, 0.7);
    assertThat(width()).isLessThan(before);
  }

  private double width() {
    Forecast half = fitted.getForecasts(0);
    return Math.log(half.getHigh() / half.getLow());
  }

  @Test
  void forecast_withoutClosedForm_waitsForItsRecord() {
    wander(0.5, 0.02);
    assertThat(fitted.getForecastBasis()).isEqualTo(FORECAST_BASIS_UNSPECIFIED);
    assertThat(fitted.getForecastsList()).isEmpty();
  }

  @Test
  void forecast_wandering_staysAtTheLevelWithItsScatter() {
    wander(3, 0.02);
    assertThat(fitted.getForecastBasis()).isEqualTo(FORECAST_BASIS_LEVEL);
    // The mean of twelve bins is good to 0.006, and the rate of −0.06 has nearly died at once.
    assertThat(Math.log(fitted.getForecasts(0).getSharpness())).isCloseTo(0, within(0.03));
    // Two bins' mean scatters by 0.014 about it: 2·1.28 of that, within a factor of two.
    assertThat(width()).isBetween(0.018, 0.072);
  }

  @Test
  void record_gapOfAnUnit_isNotCheckedAgainstOtherTimes() {
    wander(0.5, 0);
    history = history.with(5, 1, 1, Double.NaN).with(5.01, 1, 1, Double.NaN);
    TrackRecord checked = record.checked(history, WIDTH);
    assertThat(checked.waiting()).hasSize(record.waiting().size() - 1);
    assertThat(checked.tally(1)).isEqualTo(record.tally(1));
  }
}
