package brink.monitor.flow;

import static brink.v1.ForecastBasis.FORECAST_BASIS_RELAXATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import brink.monitor.flow.RelaxationFit.Parameters;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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
  private int episode = 1;

  /** Bins that follow a closed form, with noise of log λ₁. */
  private void follow(double units, double gradientSquared, double kappa, double noise) {
    for (; bins < units / WIDTH; bins++) {
      double u = bins * WIDTH;
      add(
          u,
          SharpnessReductionFlow.logSharpnessChange(gradientSquared, kappa, u)
              + noise * random.nextGaussian(),
          SharpnessReductionFlow.share(gradientSquared * Math.exp(-kappa * u)));
    }
  }

  /** Bins about a level, with shares that promise a fall that does not come. */
  private void wander(double units, double scatter) {
    for (; bins < units / WIDTH; bins++) {
      add(bins * WIDTH, scatter * random.nextGaussian(), 0.97);
    }
  }

  private void add(double time, double logarithm, double share) {
    history = history.with(time, logarithm, share, Double.NaN);
    FlowFitted.Builder builder = FlowFitted.newBuilder().setEpisode(episode);
    RelaxationFit fit =
        history.size() < settings.bins().fewestBins()
            ? null
            : RelaxationFit.of(history, new Parameters(0, 1), 1e-3, settings);
    LocalFit sharpness =
        LocalFit.of(history, history::logSharpness, settings.bins().localBins(), 2);
    List<@Nullable Outlook> outlooks =
        Arrays.asList(
            fit == null ? null : new RelaxationOutlook(fit, settings),
            sharpness == null
                ? null
                : LevelOutlook.of(history, sharpness.scatter(), 1e-3, settings));
    ExcessLoss excess = new ExcessLoss(Math.log(1e-3 / 4), 0);
    record = forecaster.forecast(record, history, time, outlooks, 1e-5, 0, excess, builder);
    fitted = builder.build();
  }

  @Test
  void forecast_closedForm_staysWithIt() {
    follow(1.5, 5, 2, 0);
    assertThat(fitted.getForecastBasis()).isEqualTo(FORECAST_BASIS_RELAXATION);
    Forecast half = fitted.getForecasts(0);
    double truth = SharpnessReductionFlow.logSharpnessChange(5, 2, 1.49 + 0.5);
    assertThat(Math.log(half.getSharpness())).isCloseTo(truth, within(1e-3));
    assertThat(half.getLow()).isLessThan(half.getSharpness());
    assertThat(half.getHigh()).isGreaterThan(half.getSharpness());
    double share = SharpnessReductionFlow.share(5 * Math.exp(-2 * (1.49 + 0.5)));
    assertThat(half.getExcessLoss())
        .isCloseTo(half.getSharpness() * 1e-3 / 4 * share, withinPercentage(0.1));
    assertThat(half.getExcessLossLow()).isLessThan(half.getExcessLoss());
    assertThat(half.getExcessLossHigh()).isGreaterThan(half.getExcessLoss());
  }

  @Test
  void forecast_goodRecord_narrowsTheIntervalsOfAllHorizons() {
    follow(0.5, 5, 2, 0);
    double before = width(0);
    double beforeTwo = width(2);
    follow(1.5, 5, 2, 0);
    assertThat(record.calibration(0, 0)).isLessThan(0.3);
    assertThat(width(0)).isLessThan(before / 3);
    // Two units ahead no forecast has come due; what is known of half a unit speaks for it.
    assertThat(record.at(2).tallies().getFirst()).isEqualTo(Tally.EMPTY);
    assertThat(width(2)).isLessThan(beforeTwo / 3);
  }

  private double width(int horizon) {
    Forecast forecast = fitted.getForecasts(horizon);
    return Math.log(forecast.getHigh() / forecast.getLow());
  }

  @Test
  void forecast_fartherAhead_isLessSure() {
    follow(0.5, 5, 2, 1e-3);
    assertThat(width(1)).isGreaterThan(width(0));
    assertThat(width(2)).isGreaterThan(width(1));
  }

  @Test
  void forecast_wandering_staysAtTheLevelWithItsScatter() {
    wander(3, 0.02);
    // The mean of twelve bins is good to 0.006, and the rate of −0.06 has nearly died at once.
    assertThat(Math.log(fitted.getForecasts(0).getSharpness())).isCloseTo(0, within(0.03));
    // Two bins' mean scatters by 0.014 about it: 2·1.28 of that, within a factor of two.
    assertThat(width(0)).isBetween(0.018, 0.072);
  }

  @Test
  void forecast_wandering_covers() {
    int made = 0;
    int covered = 0;
    List<Double> truths = new ArrayList<>();
    List<Forecast> forecasts = new ArrayList<>();
    while (bins < 3000) {
      wander((bins + 1) * WIDTH, 0.02);
      truths.add(history.logSharpness(history.size() - 1));
      forecasts.add(
          fitted.getForecastsCount() == 0 ? Forecast.getDefaultInstance() : fitted.getForecasts(0));
    }
    for (int i = 200; i + 51 < truths.size(); i++) {
      double truth = Math.exp((truths.get(i + 50) + truths.get(i + 51)) / 2);
      made++;
      covered += forecasts.get(i).getLow() <= truth && truth <= forecasts.get(i).getHigh() ? 1 : 0;
    }
    // Of 80 %; neighbouring forecasts are nearly the same, so that about 30 are independent.
    assertThat((double) covered / made).isBetween(0.7, 0.9);
  }

  @Test
  void forecast_laterEpisode_saysThatItMayBeThrown() {
    follow(0.5, 5, 2, 0);
    assertThat(fitted.hasMayBeThrown()).isFalse();
    episode = 2;
    follow(0.6, 5, 2, 0);
    assertThat(fitted.getMayBeThrown()).isTrue();
  }

  @Test
  void forecast_sharpnessThatIsNoNumber_isLeftOut() {
    follow(0.5, 5, 2, 0);
    add(0.5, Double.NaN, 0.5);
    assertThat(fitted.getForecastsList()).isEmpty();
  }

  @Test
  void forecast_constantSharpness_staysAndIsFinite() {
    for (; bins < 200; bins++) {
      add(bins * WIDTH, 1, 1);
    }
    Forecast half = fitted.getForecasts(0);
    assertThat(Math.log(half.getSharpness())).isCloseTo(1, within(1e-5));
    assertThat(half.getLow()).isLessThan(half.getHigh());
    assertThat(Math.log(half.getHigh() / half.getLow())).isLessThan(1e-3);
  }

  @Test
  void record_gapOfAnUnit_isNotCheckedAgainstOtherTimes() {
    wander(0.5, 0);
    history = history.with(5, 1, 1, Double.NaN).with(5.01, 1, 1, Double.NaN);
    HorizonRecord checked = record.at(0).checked(history, WIDTH);
    assertThat(checked.waiting()).hasSize(record.at(0).waiting().size() - 1);
    assertThat(checked.tallies()).isEqualTo(record.at(0).tallies());
  }

  @Test
  void tally_rightClaims_calibrateByOne() {
    Tally tally = Tally.EMPTY;
    double sum = 0;
    for (int i = 0; i < 4000; i++) {
      tally = tally.with(0.3 * random.nextGaussian(), 0.3);
      sum += tally.logCalibration(0);
    }
    // Mean over 400 independent stretches, each of which scatters by about 0.35.
    assertThat(sum / 4000).isCloseTo(0, within(0.06));
  }

  @Test
  void tally_noNumbers_changeNothing() {
    assertThat(Tally.EMPTY.with(Double.NaN, 1)).isEqualTo(Tally.EMPTY);
    assertThat(Tally.EMPTY.with(1, 0)).isEqualTo(Tally.EMPTY);
    assertThat(Tally.EMPTY.with(Double.POSITIVE_INFINITY, 1)).isEqualTo(Tally.EMPTY);
  }
}
