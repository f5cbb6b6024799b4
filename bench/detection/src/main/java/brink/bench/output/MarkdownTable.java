package brink.bench.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table that is readable as text and renders as Markdown. */
public final class MarkdownTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /** A table of these columns. */
  public MarkdownTable(String... headings) {
    columns = headings.length;
    rows.add(List.of(headings));
  }

  /** One more row. */
  public void add(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(cell.replace("|", "\\|").replace('\n', ' '));
    }
    rows.add(row);
  }

  /** Lines of equal length, each ended by a line feed. */
  public String render() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      widths.add(width(column));
    }
    StringBuilder text = new StringBuilder();
    append(text, rows.getFirst(), widths);
    append(text, widths.stream().map("-"::repeat).toList(), widths);
    rows.subList(1, rows.size()).forEach(row -> append(text, row, widths));
    return text.toString();
  }

  private int width(int column) {
    return Collections.max(rows.stream().map(row -> length(row.get(column))).toList());
  }

  private static void append(StringBuilder text, List<String> cells, List<Integer> widths) {
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      text.append("| ").append(cell).repeat(" ", widths.get(column) - length(cell) + 1);
    }
    text.append("|\n");
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
