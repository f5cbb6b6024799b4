package brink.distribution.sweep;

import brink.monitor.cli.BriefNumber;
import brink.monitor.cli.BriefOutcome;
import brink.monitor.cli.ColumnKind;
import brink.monitor.cli.FittedTable;
import brink.monitor.cli.FittedTable.Column;
import brink.monitor.outcome.FlowAnswer;
import brink.trainer.sweep.Setting;
import brink.trainer.sweep.SweepMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as a table: a row for each run, with the settings that vary first.
 *
 * @param rows in the order of the sweep
 */
record SweepTable(List<SweepRow> rows) {
  private static final List<Column> RESULTS =
      List.of(
          new Column("STATUS", ColumnKind.TEXT, 70),
          new Column("OUTCOME", ColumnKind.TEXT, 90),
          new Column("EDGE STEP", ColumnKind.NUMBER, 60),
          new Column("LOSS", ColumnKind.NUMBER, 80),
          new Column("λ₁", ColumnKind.NUMBER, 50),
          new Column("s", ColumnKind.NUMBER, 55),
          new Column("FLOW", ColumnKind.TEXT, 30),
          new Column("RUN", ColumnKind.TEXT, 20));

  /** The lines, header first; no wider than that. */
  List<String> lines(int width) {
    return new FittedTable(columns(), cells()).lines(width);
  }

  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("ARM", ColumnKind.KEY, 100));
    settings().forEach(setting -> columns.add(new Column(setting, ColumnKind.KEY, 100)));
    columns.addAll(RESULTS);
    if (rows.stream().allMatch(row -> row.run().arm().isEmpty())) {
      columns.removeFirst();
    }
    return columns;
  }

  List<List<String>> cells() {
    boolean arms = columns().getFirst().header().equals("ARM");
    return rows.stream().map(row -> cells(row, arms)).toList();
  }

  /** Names of the settings that vary, in the order in which they were given. */
  private List<String> settings() {
    return rows.stream()
        .flatMap(row -> row.run().varying().stream())
        .map(Setting::name)
        .distinct()
        .toList();
  }

  private List<String> cells(SweepRow row, boolean arms) {
    List<String> cells = new ArrayList<>();
    if (arms) {
      cells.add(row.run().arm());
    }
    settings().forEach(setting -> cells.add(row.value(setting)));
    cells.add(row.finished().ending().name().replace('_', ' '));
    cells.add(row.judged() == null ? "" : BriefOutcome.of(row.judged().outcome()));
    cells.add(row.edge() == null ? "" : BriefNumber.of(row.edge().longValue()));
    cells.add(number(row.number(SweepMeasure.LOSS)));
    cells.add(number(row.number(SweepMeasure.SHARPNESS)));
    cells.add(number(row.number(SweepMeasure.RATIO)));
    cells.add(flow(row));
    cells.add(row.finished().runId() == null ? "" : row.finished().runId());
    return cells;
  }

  private static String flow(SweepRow row) {
    if (row.judged() == null || !row.judged().outcome().reachedEdge()) {
      return "";
    }
    FlowAnswer answer = row.judged().outcome().flowAnswer();
    return answer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : BriefNumber.of(value.doubleValue());
  }
}
