package brink.trainer.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The classes of a column, in the order of their labels 0, 1, …: whole numbers by value, words by
 * alphabet.
 *
 * @param names one for each class, as in the file; of whole numbers without decimals
 * @param whole whether they are whole numbers
 */
record Labels(List<String> names, boolean whole) {
  private static final Comparator<String> BY_VALUE = Comparator.comparingLong(Long::parseLong);

  /**
   * Finds the classes.
   *
   * @throws DataException if a cell is empty or a fraction, if there is one class only or as many
   *     as rows
   */
  static Labels of(CsvTable table) {
    List<String> cells = table.targets();
    for (int row = 0; row < cells.size(); row++) {
      requireClass(table, row);
    }
    boolean whole = cells.stream().distinct().allMatch(cell -> isWhole(table, cell));
    List<String> names =
        whole
            ? cells.stream()
                .distinct()
                .map(cell -> canonical(table, cell))
                .distinct()
                .sorted(BY_VALUE)
                .toList()
            : List.copyOf(new TreeSet<>(cells));
    if (names.size() == 1) {
      throw table.problem(
          0,
          "all rows have the class %s, expected two or more"
              .formatted(Shown.quoted(cells.getFirst())));
    }
    if (names.size() == cells.size()) {
      throw table.problem(
          0, "every row has its own class; name another target or add task=regression");
    }
    return new Labels(names, whole);
  }

  /**
   * The labels of a table's rows.
   *
   * @throws DataException if one of them has none of these classes
   */
  Targets.Classes label(CsvTable table) {
    Map<String, Integer> labels = new HashMap<>();
    IntStream.range(0, names.size()).forEach(label -> labels.put(names.get(label), label));
    int[] all = new int[table.rows()];
    for (int row = 0; row < all.length; row++) {
      String cell = table.targets().get(row);
      Integer label = labels.get(whole && isWhole(table, cell) ? canonical(table, cell) : cell);
      if (label == null) {
        throw table.problem(
            row, "expected a class of the training rows, found %s".formatted(Shown.quoted(cell)));
      }
      all[row] = label;
    }
    return new Targets.Classes(all, names.size());
  }

  private static boolean isWhole(CsvTable table, String cell) {
    Double number = table.dialect().number(cell);
    return number != null && CellNumber.isWhole(number);
  }

  private static String canonical(CsvTable table, String cell) {
    Double number = table.dialect().number(cell);
    return Long.toString(number == null ? 0 : number.longValue());
  }

  private static void requireClass(CsvTable table, int row) {
    String cell = table.targets().get(row);
    Double number = table.dialect().number(cell);
    if (cell.isEmpty() || (number != null && number != Math.rint(number))) {
      throw table.problem(
          row,
          "expected a class, found %s; for numbers to predict add task=regression"
              .formatted(Shown.quoted(cell)));
    }
  }
}
