package brink.bench.detection;

import brink.bench.output.MarkdownTable;
import brink.v1.FlowPrediction;
import brink.v1.ForecastBasis;
import brink.v1.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The forecasts' scores as Markdown; runs that were kept from tuning by themselves. */
final class ForecastTables {
  /** Below this G² an estimate of it is a difference of nearly equal numbers. */
  private static final double SMALLEST = 0.1;

  private final List<RunForecasts> scores;
  private final StringBuilder text = new StringBuilder();
  private @Nullable MarkdownTable table;

  private ForecastTables(List<RunForecasts> scores) {
    this.scores = scores;
  }

  static String render(List<RunForecasts> scores) {
    ForecastTables tables =
        new ForecastTables(
            scores.stream().sorted(Comparator.comparing(score -> score.run().name())).toList());
    tables.approach();
    tables.flowing();
    tables.agreement();
    tables.forecasts();
    tables.excess();
    tables.next();
    tables.finish();
    return tables.text.toString();
  }

  private void row(Object... cells) {
    Objects.requireNonNull(table, "a table has its head first")
        .add(Stream.of(cells).map(Object::toString).toArray(String[]::new));
  }

  private void head(String title, String... cells) {
    finish();
    text.append("\n### ").append(title).append("\n\n");
    table = new MarkdownTable(cells);
  }

  private void finish() {
    if (table != null) {
      text.append(table.render());
    }
  }

  private interface Row {
    void write(String family, String part, List<RunForecasts> some);
  }

  private void groups(Predicate<CorpusRun> which, Row row) {
    Map<String, List<RunForecasts>> families = new LinkedHashMap<>();
    for (RunForecasts score : scores) {
      if (which.test(score.run())) {
        families.computeIfAbsent(score.run().family(), f -> new ArrayList<>()).add(score);
      }
    }
    families.forEach(
        (family, some) -> {
          for (boolean heldOut : new boolean[] {false, true}) {
            List<RunForecasts> part =
                some.stream().filter(s -> s.run().heldOut() == heldOut).toList();
            row.write(family, heldOut ? "held out" : "tuned on", part);
          }
        });
  }

  private void approach() {
    head(
        "Steps to the edge, forecast when half of the way was left",
        "family",
        "runs",
        "forecasts of crossings",
        "error, median",
        "90th percentile",
        "90 % interval covers",
        "of the rise of log s from λ₁, median");
    groups(run -> true, this::approach);
    for (boolean heldOut : new boolean[] {false, true}) {
      approach(
          "all of constant η and λ_wd",
          heldOut ? "held out" : "tuned on",
          scores.stream()
              .filter(s -> s.run().heldOut() == heldOut && !s.run().family().equals("schedule"))
              .toList());
    }
  }

  private void approach(String family, String part, List<RunForecasts> some) {
    List<ApproachScore> all =
        some.stream().map(RunForecasts::approach).filter(Objects::nonNull).toList();
    if (all.isEmpty()) {
      return;
    }
    List<ApproachScore> made = all.stream().filter(ApproachScore::made).toList();
    row(
        family,
        part,
        made.size() + " of " + all.size(),
        percent(quantile(made, s -> Math.abs(s.relativeError()), 0.5)),
        percent(quantile(made, s -> Math.abs(s.relativeError()), 0.9)),
        share(made, ApproachScore::covered),
        percent(quantile(all, ApproachScore::sharpening, 0.5)));
  }

  private void flowing() {
    head(
        "What is said while the flow holds by a rule that sees the future",
        "family",
        "runs",
        "it holds, units of flow time",
        "FLOWING",
        "EDGE",
        "SETTLED",
        "runs in which FLOWING is said",
        "after, median");
    groups(_ -> true, this::flowing);
  }

  private void flowing(String family, String part, List<RunForecasts> some) {
    List<FlowShare> shares =
        some.stream().map(RunForecasts::share).filter(share -> share.held() > 0).toList();
    if (shares.isEmpty()) {
      return;
    }
    List<FlowShare> said = shares.stream().filter(s -> !Double.isNaN(s.delay())).toList();
    double held = shares.stream().mapToDouble(FlowShare::held).sum();
    row(
        family,
        part,
        String.format(Locale.ROOT, "%.1f", held),
        percent(sum(shares, Regime.REGIME_FLOWING) / held),
        percent(sum(shares, Regime.REGIME_EDGE) / held),
        percent(sum(shares, Regime.REGIME_SETTLED) / held),
        said.size() + " of " + shares.size(),
        number(quantile(said, FlowShare::delay, 0.5)));
  }

  private static double sum(List<FlowShare> shares, Regime regime) {
    return shares.stream().mapToDouble(share -> share.in(regime)).sum();
  }

  private void agreement() {
    head(
        "G² three ways and the rates, relative differences, median / 90th percentile, where G² >"
            + " 0.1",
        "family",
        "runs",
        "fits",
        "decay to angular step",
        "direct to angular step",
        "direct to decay",
        "measured to predicted rate",
        "p-value, median",
        "a prediction fails",
        "several eigenvalues");
    for (boolean flowing : new boolean[] {true, false}) {
      groups(
          run -> !run.family().startsWith("schedule"),
          (family, part, some) -> {
            List<FlowScore.Agreement> all =
                some.stream()
                    .flatMap(s -> s.flow().agreements().stream())
                    .filter(a -> a.angular() > SMALLEST && (a.flowing() || !flowing))
                    .toList();
            if (!all.isEmpty()) {
              row(
                  family + (flowing ? ", FLOWING" : ", whole episode"),
                  part,
                  all.size(),
                  spread(all, FlowScore.Agreement::decayAgainstAngular),
                  spread(all, FlowScore.Agreement::directAgainstAngular),
                  spread(all, FlowScore.Agreement::directAgainstDecay),
                  spread(all, FlowScore.Agreement::rates),
                  number(quantile(all, FlowScore.Agreement::probability, 0.5)),
                  share(all, a -> a.failing() != FlowPrediction.FLOW_PREDICTION_UNSPECIFIED),
                  share(all, FlowScore.Agreement::several));
            }
          });
    }
  }

  private void forecasts() {
    forecastHead("Forecasts of λ₁ inside an episode");
    forecasts(", FLOWING", RunForecasts::flow, ForecastSample::flowing, false);
    forecasts(", whole episode", RunForecasts::flow, sample -> true, true);
    forecastHead("Forecasts of λ₁ inside an episode, without sharpness");
    forecasts("", RunForecasts::unseen, sample -> true, true);
  }

  private void forecastHead(String title) {
    head(
        title,
        "family",
        "runs",
        "horizon",
        "forecasts (of fits)",
        "error, median / RMS",
        "\"stays as it is\"",
        "trend",
        "error over \"stays\"",
        "over trend",
        "80 % interval covers, closed form",
        "level");
  }

  /**
   * Rows of forecasts.
   *
   * @param evenWithout whether a family that was fitted and never forecast has a row
   */
  private void forecasts(
      String when,
      Function<RunForecasts, FlowScore> of,
      Predicate<ForecastSample> which,
      boolean evenWithout) {
    for (double horizon : new double[] {0.5, 1}) {
      groups(
          run -> true,
          (family, part, some) -> {
            List<ForecastSample> all =
                some.stream()
                    .flatMap(s -> of.apply(s).forecasts().stream())
                    .filter(f -> f.horizon() == horizon && which.test(f))
                    .toList();
            int fits = some.stream().mapToInt(s -> of.apply(s).fits()).sum();
            if (!all.isEmpty() || (fits > 0 && evenWithout)) {
              Errors error = Errors.of(all, ForecastSample::error);
              Errors unchanged = Errors.of(all, ForecastSample::unchanged);
              Errors trend = Errors.of(all, ForecastSample::trend);
              row(
                  family + when,
                  part,
                  horizon,
                  all.size() + " (" + fits + ")",
                  error.percents(),
                  unchanged.percents(),
                  trend.percents(),
                  error.over(unchanged),
                  error.over(trend),
                  covered(all, ForecastBasis.FORECAST_BASIS_RELAXATION),
                  covered(all, ForecastBasis.FORECAST_BASIS_LEVEL));
            }
          });
    }
  }

  private void excess() {
    head(
        "Forecasts of the excess loss inside an episode",
        "family",
        "runs",
        "horizon",
        "forecasts",
        "error, median / RMS",
        "\"stays as it is\"",
        "error over \"stays\"",
        "80 % interval covers");
    for (double horizon : new double[] {0.5, 1}) {
      groups(
          _ -> true,
          (family, part, some) -> {
            List<ExcessSample> all =
                some.stream()
                    .flatMap(s -> s.excess().stream())
                    .filter(f -> f.horizon() == horizon)
                    .toList();
            if (!all.isEmpty()) {
              Errors error = Errors.of(all, ExcessSample::error);
              Errors unchanged = Errors.of(all, ExcessSample::unchanged);
              row(
                  family,
                  part,
                  horizon,
                  all.size(),
                  error.percents(),
                  unchanged.percents(),
                  error.over(unchanged),
                  share(all, ExcessSample::covered));
            }
          });
    }
  }

  private void next() {
    head(
        "Steps to the next eigenvalue at the edge, forecast when half of the way was left",
        "family",
        "runs",
        "forecasts of runs in which one came",
        "error, median",
        "90th percentile",
        "90 % interval covers");
    groups(
        _ -> true,
        (family, part, some) -> {
          List<NextSample> all =
              some.stream().map(RunForecasts::next).filter(Objects::nonNull).toList();
          List<NextSample> made = all.stream().filter(NextSample::made).toList();
          if (!all.isEmpty()) {
            row(
                family,
                part,
                made.size() + " of " + all.size(),
                percent(quantile(made, s -> Math.abs(s.relativeError()), 0.5)),
                percent(quantile(made, s -> Math.abs(s.relativeError()), 0.9)),
                share(made, NextSample::covered));
          }
        });
  }

  private static String covered(List<ForecastSample> all, ForecastBasis basis) {
    List<ForecastSample> some = all.stream().filter(f -> f.basis() == basis).toList();
    return some.isEmpty() ? "–" : share(some, ForecastSample::covered) + " of " + some.size();
  }

  /** Median of the absolute errors, and their root mean square. */
  private record Errors(double median, double rootMeanSquare) {
    static <T> Errors of(List<T> all, ToDoubleFunction<T> of) {
      double meanSquare =
          all.stream()
              .mapToDouble(of)
              .filter(Double::isFinite)
              .map(v -> v * v)
              .average()
              .orElse(Double.NaN);
      return new Errors(
          quantile(all, f -> Math.abs(of.applyAsDouble(f)), 0.5), Math.sqrt(meanSquare));
    }

    String percents() {
      return percent(median) + " / " + percent(rootMeanSquare);
    }

    String over(Errors other) {
      return number(median / other.median) + " / " + number(rootMeanSquare / other.rootMeanSquare);
    }
  }

  private static <T> double quantile(List<T> all, ToDoubleFunction<T> of, double q) {
    DoubleStream values = all.stream().mapToDouble(of).filter(v -> !Double.isNaN(v));
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (int) Math.ceil(q * sorted.length) - 1)];
  }

  private static <T> String spread(List<T> all, ToDoubleFunction<T> of) {
    return percent(quantile(all, of, 0.5)) + " / " + percent(quantile(all, of, 0.9));
  }

  private static <T> String share(List<T> all, Predicate<T> which) {
    return all.isEmpty() ? "–" : percent((double) all.stream().filter(which).count() / all.size());
  }

  private static String percent(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
  }
}
