package brink.trainer.data;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a column of class names into labels 0, 1, …: integers by value, words by alphabet. */
final class Labels {
  private Labels() {}

  /**
   * Numbers the classes.
   *
   * @throws DataException if a cell is empty or a fraction, if there is one class only or as many
   *     as rows
   */
  static Targets.Classes of(Table table, int column) {
    int rows = table.rows().size();
    List<String> cells = IntStream.range(0, rows).mapToObj(i -> table.cell(i, column)).toList();
    for (int row = 0; row < rows; row++) {
      requireClass(table, row, column);
    }
    boolean integers = cells.stream().allMatch(cell -> Table.number(cell) != null);
    List<String> classes =
        integers
            ? cells.stream().map(Labels::canonical).distinct().sorted(BY_VALUE).toList()
            : List.copyOf(new TreeSet<>(cells));
    if (classes.size() == 1) {
      throw table.problem(
          0,
          column,
          "all rows have the class '%s', expected two or more".formatted(cells.getFirst()));
    }
    if (classes.size() == rows) {
      throw table.problem(
          0, column, "every row has its own class; name another target or add task=regression");
    }
    int[] labels =
        cells.stream()
            .mapToInt(cell -> classes.indexOf(integers ? canonical(cell) : cell))
            .toArray();
    return new Targets.Classes(labels, classes.size());
  }

  private static final Comparator<String> BY_VALUE = Comparator.comparingLong(Long::parseLong);

  private static String canonical(String cell) {
    return Long.toString((long) Double.parseDouble(cell));
  }

  private static void requireClass(Table table, int row, int column) {
    String cell = table.cell(row, column);
    @Nullable Double number = Table.number(cell);
    if (cell.isEmpty() || (number != null && number != Math.rint(number))) {
      String found = cell.isEmpty() ? "an empty cell" : "'" + cell + "'";
      throw table.problem(
          row,
          column,
          "expected a class, found " + found + "; for numbers to predict add task=regression");
    }
  }
}
