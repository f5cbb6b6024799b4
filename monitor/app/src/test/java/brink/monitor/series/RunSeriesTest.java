package brink.monitor.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.geometry.Motion;
import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import brink.v1.Layer;
import brink.v1.StepObserved;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSeriesTest {
  private static final Window ALL =
      new Window(Axis.STEP, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 100, false);

  @TempDir Path folder;
  private RunSeries run = new RunSeries("a", Motion.PLAIN, Path.of("unused"));

  @BeforeEach
  void open() {
    run = new RunSeries("a", Motion.PLAIN, folder.resolve("a"));
  }

  @Test
  void series_ofMeasuredAndDerivedFields_haveThePointsThatThereAre() {
    steps(0, 21);

    Map<String, Drawn> series =
        run.series(List.of("loss", "midpoint_eigenvalue_1", "threshold", "flow_time", "nope"), ALL);

    assertThat(series).containsOnlyKeys("loss", "midpoint_eigenvalue_1", "threshold", "flow_time");
    assertThat(drawn(series, "loss").x()).hasSize(21);
    assertThat(drawn(series, "midpoint_eigenvalue_1").x()).containsExactly(0, 10, 20);
    // η̃ = η/((1 − ηλ)‖w‖²), and the threshold 2/η̃.
    assertThat(drawn(series, "threshold").y()[0]).isCloseTo(2 * 0.995 * 2 / 0.5, within(1e-12));
    assertThat(drawn(series, "flow_time").y()[20]).isCloseTo(21 * 0.005, within(1e-12));
  }

  @Test
  void series_overFlowTimeWithMissingSteps_goOnAsTheFoldDoes() {
    take(MadeUpSource.step("a", 0));
    take(MadeUpSource.step("a", 10));

    double[] x =
        drawn(
                run.series(
                    List.of("loss"),
                    new Window(
                        Axis.FLOW_TIME,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        9,
                        false)),
                "loss")
            .x();

    assertThat(x[1]).isCloseTo(11 * 0.005, within(1e-12));
  }

  @Test
  void take_repeatedOrEarlierStep_changesNothing() {
    steps(0, 5);
    take(MadeUpSource.step("a", 3).toBuilder().setLoss(99).build());

    assertThat(drawn(run.series(List.of("loss"), ALL), "loss").y()).hasSize(5).doesNotContain(99);
    assertThat(run.lastStep()).isEqualTo(4);
  }

  @Test
  void take_valuesThatAreNotFinite_areLeftOut() {
    take(MadeUpSource.step("a", 0));
    take(MadeUpSource.step("a", 1).toBuilder().setLoss(Double.NaN).build());
    take(MadeUpSource.step("a", 2));

    assertThat(drawn(run.series(List.of("loss"), ALL), "loss").x()).containsExactly(0, 2);
  }

  @Test
  void pairMean_ofAdjacentSteps_isTheirMeanAndOfOthersAbsent() {
    take(MadeUpSource.step("a", 10));
    assertThat(run.series(List.of("stability_ratio_pair_mean"), ALL)).isEmpty();
    take(MadeUpSource.step("a", 20).toBuilder().setStep(11).setWeightNormSquared(4).build());

    Map<String, Drawn> series =
        run.series(List.of("stability_ratio", "stability_ratio_pair_mean"), ALL);

    double[] ratios = drawn(series, "stability_ratio").y();
    assertThat(drawn(series, "stability_ratio_pair_mean").y())
        .containsExactly((ratios[0] + ratios[1]) / 2);
  }

  @Test
  void fields_ofARun_sayWhatTheyAreAndTheirEnds() {
    take(
        MadeUpSource.step("a", 0).toBuilder()
            .addLayers(Layer.newBuilder().setName("conv<1>").setSharpness(3))
            .build());
    take(MadeUpSource.step("a", 1));

    assertThat(run.fields())
        .contains(
            new FieldSummary(
                new Field("loss", Field.Kind.STEP, "training loss", ""), 2, 1, 0.5, 0.5, 1))
        .contains(
            new FieldSummary(
                new Field("layer.conv<1>.sharpness", Field.Kind.LAYER, "conv<1>: sharpness", ""),
                1,
                3,
                3,
                3,
                3));
  }

  @Test
  void forecasts_ofATimeThatHasPassed_haveWhatCame() {
    steps(0, 101);
    FlowFitted fit =
        FlowFitted.newBuilder()
            .setRunId("a")
            .setStep(50)
            .setFlowTime(51 * 0.005)
            .setMeasuredRate(Estimate.newBuilder().setValue(-0.5).setStandardError(0.1))
            .addForecasts(Forecast.newBuilder().setHorizon(0.1).setSharpness(5).setLow(4.5))
            .addForecasts(Forecast.newBuilder().setHorizon(1).setSharpness(5))
            .build();
    run.take(() -> run.take(fit, 0));

    List<PastForecast.Horizon> horizons = run.forecasts(10).getFirst().horizons();

    assertThat(Objects.requireNonNull(horizons.getFirst().atStep())).isCloseTo(70, within(1e-9));
    assertThat(horizons.getFirst().came()).isEqualTo(4);
    assertThat(Objects.requireNonNull(horizons.get(1).atStep())).isCloseTo(250, within(1e-9));
    assertThat(horizons.get(1).came()).isNull();
    assertThat(run.series(List.of("fit.measured_rate", "fit.measured_rate.error"), ALL)).hasSize(2);
    assertThat(drawn(run.series(List.of("forecast.0.1.low"), ALL), "forecast.0.1.low").y())
        .containsExactly(4.5);
  }

  @Test
  void fits_beyondTheirNumber_stayEvenlySpreadWithTheNewest() {
    for (int i = 0; i < 5_000; i++) {
      FlowFitted fit = FlowFitted.newBuilder().setStep(i).setFlowTime(i).build();
      run.take(() -> run.take(fit, 0));
    }

    assertThat(run.fitCount()).isEqualTo(5_000);
    List<FlowFitted> some = run.fits(0, Double.POSITIVE_INFINITY, 1_000);
    assertThat(some).hasSize(1_000);
    assertThat(some.getFirst().getStep()).isEqualTo(0);
    assertThat(some.getLast().getStep()).isEqualTo(4_999);
    assertThat(run.fits(0, 2_001, 1).getFirst().getStep()).isBetween(1_996L, 2_001L);
  }

  private void steps(int from, int to) {
    for (int step = from; step < to; step++) {
      take(MadeUpSource.step("a", step));
    }
  }

  private void take(StepObserved step) {
    run.take(() -> run.take(step, 0));
  }

  private static Drawn drawn(Map<String, Drawn> series, String field) {
    return Objects.requireNonNull(series.get(field), field);
  }
}
