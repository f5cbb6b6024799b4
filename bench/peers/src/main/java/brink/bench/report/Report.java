package brink.bench.report;

import brink.bench.output.MarkdownTable;
import java.util.List;

/**
 * The whole comparison.
 *
 * @param conditions under which it was measured, one sentence each
 * @param rows in order
 */
public record Report(List<String> conditions, List<RowResult> rows) {
  public Report {
    conditions = List.copyOf(conditions);
    rows = List.copyOf(rows);
  }

  /** As Markdown that is also readable as text. */
  public String render() {
    MarkdownTable table = new MarkdownTable("what", "measured", "target", "verdict");
    for (RowResult row : rows) {
      add(table, row);
    }
    StringBuilder text = new StringBuilder();
    conditions.forEach(condition -> text.append("* ").append(condition).append('\n'));
    return text.append('\n').append(table.render()).toString();
  }

  private static void add(MarkdownTable table, RowResult row) {
    table.add("**" + row.title() + "**", "", "", row.isWrong() ? "**WRONG**" : "");
    for (Line line : row.lines()) {
      table.add(line.what(), line.measured(), line.wanted(), line.verdict().word());
    }
    if (row.reason() != null) {
      table.add((row.failed() ? "failed: " : "not measured: ") + row.reason(), "", "", "");
    }
  }

  /** Whether any row failed or a check in it did; a missed target is no failure. */
  public boolean isWrong() {
    return rows.stream().anyMatch(RowResult::isWrong);
  }
}
