package brink.monitor.report;

import static brink.monitor.report.Messages.fit;
import static brink.monitor.report.Messages.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.FlowFitted;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastScoreTest {
  @Test
  void of_forecastsWhoseTimeCame_givesTheirErrors() {
    List<FlowFitted> fits =
        List.of(
            fit(0, 8).addForecasts(forecast(0.5, 5)).addForecasts(forecast(1, 3)).build(),
            fit(0.5, 4).addForecasts(forecast(0.5, 2)).build(),
            fit(1, 2).addForecasts(forecast(0.5, 1)).build());
    assertThat(ForecastScore.of(fits, 0.5)).contains(new ForecastScore(0.5, 2, 0.25, 0.25, 1));
    assertThat(ForecastScore.of(fits, 1)).contains(new ForecastScore(1, 1, 0.5, 0.5, 3));
  }

  @Test
  void of_timeBetweenTwoFits_interpolates() {
    List<FlowFitted> fits =
        List.of(
            fit(0, 8).addForecasts(forecast(0.5, 3)).build(),
            fit(0.25, 4).build(),
            fit(0.75, 2).build());
    assertThat(ForecastScore.of(fits, 0.5)).hasValueSatisfying(s -> assertThat(s.worst()).isZero());
  }

  @Test
  void of_fitsWithoutSharpness_areNoMeasure() {
    FlowFitted blind = fit(0, 0).clearSharpness().addForecasts(forecast(0.5, 5)).build();
    assertThat(ForecastScore.of(List.of(blind, fit(0.5, 4).build(), fit(1, 2).build()), 0.5))
        .isEmpty();
  }

  @Test
  void of_noFitsOrNothingDue_isAbsent() {
    assertThat(ForecastScore.of(List.of(), 0.5)).isEmpty();
    assertThat(ForecastScore.of(List.of(fit(0, 8).addForecasts(forecast(0.5, 5)).build()), 0.5))
        .isEmpty();
  }
}
