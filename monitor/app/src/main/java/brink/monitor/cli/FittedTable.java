package brink.monitor.cli;

import brink.monitor.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that fits a terminal: empty columns are left out, then those that matter least, then keys
 * are cut in their middle. Numbers are never broken. What others wrote is escaped.
 *
 * @param columns its columns
 * @param rows cells, as many in each row as there are columns
 */
public record FittedTable(List<Column> columns, List<List<String>> rows) {
  private static final String GAP = "  ";
  private static final String ELLIPSIS = "…";
  private static final int SHORTEST_KEY = 8;

  /**
   * A column.
   *
   * @param header its name
   * @param importance the least is left out first
   */
  public record Column(String header, ColumnKind kind, int importance) {}

  /** A table of words that is as wide as they are; nothing is left out unless it is empty. */
  public static List<String> wide(List<String> headers, List<List<String>> rows) {
    List<Column> columns =
        headers.stream().map(header -> new Column(header, ColumnKind.TEXT, 0)).toList();
    return new FittedTable(columns, rows).lines(Integer.MAX_VALUE);
  }

  /**
   * The lines, header first.
   *
   * @param width characters that a line may have
   */
  public List<String> lines(int width) {
    List<List<String>> cells =
        Stream.concat(Stream.of(columns.stream().map(Column::header).toList()), rows.stream())
            .map(row -> row.stream().map(Printable::of).toList())
            .toList();
    List<Integer> shown = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      if (isFilled(column)) {
        shown.add(column);
      }
    }
    while (width(cells, shown) > width) {
      Integer least = leastImportant(shown);
      if (least == null) {
        break;
      }
      shown.removeIf(least::equals);
    }
    int excess = width(cells, shown) - width;
    return format(excess > 0 ? shortened(cells, shown, excess) : cells, shown);
  }

  private boolean isFilled(int column) {
    return columns.get(column).kind() == ColumnKind.KEY
        || rows.stream().anyMatch(row -> !row.get(column).isEmpty());
  }

  private @Nullable Integer leastImportant(List<Integer> shown) {
    return shown.stream()
        .filter(column -> columns.get(column).kind() != ColumnKind.KEY)
        .min((a, b) -> columns.get(a).importance() - columns.get(b).importance())
        .orElse(null);
  }

  private static int width(List<List<String>> cells, List<Integer> shown) {
    return shown.stream().mapToInt(column -> width(cells, (int) column) + GAP.length()).sum()
        - GAP.length();
  }

  private static int width(List<List<String>> cells, int column) {
    return cells.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private List<List<String>> shortened(List<List<String>> cells, List<Integer> shown, int excess) {
    List<Integer> keys =
        shown.stream().filter(column -> columns.get(column).kind() == ColumnKind.KEY).toList();
    int widest =
        keys.stream().max((a, b) -> width(cells, (int) a) - width(cells, (int) b)).orElse(-1);
    if (widest < 0) {
      return cells;
    }
    int room = Math.max(SHORTEST_KEY, width(cells, widest) - excess);
    return cells.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(
                        column ->
                            column == widest ? middleCut(row.get(column), room) : row.get(column))
                    .toList())
        .toList();
  }

  /** Runs of a sweep differ in the ends of their ids. */
  static String middleCut(String text, int most) {
    int[] points = text.codePoints().toArray();
    if (points.length <= most) {
      return text;
    }
    int head = (most - 1) / 2;
    int tail = most - 1 - head;
    return new String(points, 0, head) + ELLIPSIS + new String(points, points.length - tail, tail);
  }

  private List<String> format(List<List<String>> cells, List<Integer> shown) {
    return cells.stream().map(row -> line(cells, row, shown)).toList();
  }

  private String line(List<List<String>> cells, List<String> row, List<Integer> shown) {
    StringBuilder line = new StringBuilder();
    String gap = "";
    for (int column : shown) {
      String cell = row.get(column);
      int padding = width(cells, column) - length(cell);
      boolean right = columns.get(column).kind() == ColumnKind.NUMBER;
      line.append(gap);
      gap = GAP;
      line.repeat(' ', right ? padding : 0).append(cell).repeat(' ', right ? 0 : padding);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
