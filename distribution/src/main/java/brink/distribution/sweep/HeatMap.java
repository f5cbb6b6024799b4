package brink.distribution.sweep;

import brink.monitor.cli.BriefNumber;
import brink.monitor.cli.RegimeSentence;
import brink.monitor.outcome.RunOutcome;
import brink.trainer.sweep.Setting;
import brink.trainer.sweep.SweepMeasure;
import brink.v1.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A measure of the runs of a sweep over two of the settings that vary, one panel for each arm and
 * value of the others. Runs that differ in their seed alone share a cell, which has their median,
 * or the regime that most of them came to.
 *
 * @param measure what it shows
 * @param panels at least one
 */
record HeatMap(SweepMeasure measure, List<Panel> panels) {
  private static final String SEED = "seed";

  /** Values that span more than this are shaded by their logarithms. */
  private static final double WIDE = 10;

  /**
   * A panel.
   *
   * @param title what its runs have in common; empty for all
   * @param down setting that varies from row to row; empty for a single row
   * @param across setting that varies from column to column
   * @param rows values of the one
   * @param columns values of the other
   * @param cells row by row
   */
  record Panel(
      String title,
      String down,
      String across,
      List<String> rows,
      List<String> columns,
      List<List<Cell>> cells) {}

  /**
   * A cell.
   *
   * @param text its value; empty where no run has one
   * @param shade from 0 to 1; NaN where no run has a value
   */
  record Cell(String text, double shade) {
    static final Cell EMPTY = new Cell("", Double.NaN);
  }

  /** The map of a sweep; no panels where nothing varies. */
  static HeatMap of(SweepMeasure measure, List<SweepRow> rows) {
    List<String> settings =
        rows.stream()
            .flatMap(row -> row.run().varying().stream())
            .map(Setting::name)
            .distinct()
            .toList();
    List<String> axes = settings.stream().filter(name -> !name.equals(SEED)).limit(2).toList();
    if (axes.isEmpty() && settings.isEmpty()) {
      return new HeatMap(measure, List.of());
    }
    String across = axes.isEmpty() ? SEED : axes.getLast();
    String down = axes.size() < 2 ? "" : axes.getFirst();
    Scale scale = Scale.of(measure, rows);
    Map<String, List<SweepRow>> byTitle =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> title(row, down, across), LinkedHashMap::new, Collectors.toList()));
    List<Panel> panels = new ArrayList<>();
    byTitle.forEach((title, some) -> panels.add(panel(title, down, across, some, measure, scale)));
    return new HeatMap(measure, List.copyOf(panels));
  }

  private static String title(SweepRow row, String down, String across) {
    return row.run().label().isEmpty()
        ? ""
        : (row.run().arm()
                + " "
                + row.run().varying().stream()
                    .filter(
                        each ->
                            !each.name().equals(SEED)
                                && !each.name().equals(down)
                                && !each.name().equals(across))
                    .map(Setting::toString)
                    .collect(Collectors.joining(" ")))
            .strip();
  }

  private static Panel panel(
      String title,
      String down,
      String across,
      List<SweepRow> rows,
      SweepMeasure measure,
      Scale scale) {
    List<String> downs = rows.stream().map(row -> row.value(down)).distinct().toList();
    List<String> acrosses = rows.stream().map(row -> row.value(across)).distinct().toList();
    List<List<Cell>> cells = new ArrayList<>();
    for (String first : downs) {
      List<Cell> line = new ArrayList<>();
      for (String second : acrosses) {
        line.add(
            cell(
                rows.stream()
                    .filter(row -> row.value(down).equals(first))
                    .filter(row -> row.value(across).equals(second))
                    .toList(),
                measure,
                scale));
      }
      cells.add(List.copyOf(line));
    }
    return new Panel(title, down, across, downs, acrosses, List.copyOf(cells));
  }

  private static Cell cell(List<SweepRow> rows, SweepMeasure measure, Scale scale) {
    if (measure == SweepMeasure.OUTCOME) {
      return mostFrequent(rows);
    }
    double[] values = numbers(rows, measure);
    if (values.length == 0) {
      return Cell.EMPTY;
    }
    double median = median(values);
    String text =
        measure == SweepMeasure.EDGE ? BriefNumber.of(Math.round(median)) : BriefNumber.of(median);
    return new Cell(text + share(values.length, rows.size()), scale.shade(median));
  }

  private static Cell mostFrequent(List<SweepRow> rows) {
    Map<Regime, Long> counts =
        rows.stream()
            .map(SweepRow::furthest)
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Regime, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.comparingInt(RunOutcome::rank))))
        .map(
            most ->
                new Cell(
                    RegimeSentence.name(most.getKey()) + share(most.getValue(), rows.size()),
                    RunOutcome.rank(most.getKey())
                        / (double) RunOutcome.rank(Regime.REGIME_SETTLED)))
        .orElse(Cell.EMPTY);
  }

  /** How many of the runs it is of, where it is not all. */
  private static String share(long some, int all) {
    return some == all ? "" : " (%d/%d)".formatted(some, all);
  }

  private static double[] numbers(List<SweepRow> rows, SweepMeasure measure) {
    return rows.stream()
        .map(row -> row.number(measure))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * From values to shades.
   *
   * @param logarithmic whether shades go by logarithms
   */
  private record Scale(double least, double most, boolean logarithmic) {
    static Scale of(SweepMeasure measure, List<SweepRow> rows) {
      double[] values = numbers(rows, measure);
      double least = Arrays.stream(values).min().orElse(0);
      double most = Arrays.stream(values).max().orElse(0);
      return new Scale(least, most, least > 0 && most / least > WIDE);
    }

    double shade(double value) {
      if (!(most > least)) {
        return 0.5;
      }
      return logarithmic
          ? Math.log(value / least) / Math.log(most / least)
          : (value - least) / (most - least);
    }
  }
}
