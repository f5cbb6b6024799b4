package brink.trainer.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is likely wrong with a CSV file, in sentences. */
final class CsvSuspicions {
  /** Fewer rows count up by chance. */
  private static final int FEWEST_COUNTED = 3;

  private CsvSuspicions() {}

  static List<String> of(CsvTable table) {
    List<String> found = new ArrayList<>();
    if (table.dropped() > 0) {
      found.add(
          "%,d of %,d rows lack a value and were left out"
              .formatted(table.dropped(), table.dropped() + table.rows()));
    }
    if (isIndex(table)) {
      found.add(
          "column 1 has no name and counts the rows: it is most likely an index; take it out of the"
              + " file, it says nothing");
    }
    addDuplicates(found, table);
    return found;
  }

  /** As pandas writes its index, unless told not to. */
  private static boolean isIndex(CsvTable table) {
    String name = table.header() == null ? "" : table.header().getFirst();
    if (table.target() == 0
        || table.rows() < FEWEST_COUNTED
        || !(name.isEmpty() || name.startsWith("Unnamed:"))) {
      return false;
    }
    int columns = table.width() - 1;
    double start = table.features()[0];
    for (int row = 0; row < table.rows(); row++) {
      if (table.features()[row * columns] != start + row) {
        return false;
      }
    }
    return start == 0 || start == 1;
  }

  private static void addDuplicates(List<String> found, CsvTable table) {
    if (table.header() == null) {
      return;
    }
    Set<String> once = new HashSet<>();
    List<String> twice =
        table.header().stream()
            .filter(name -> !name.isEmpty() && !once.add(name))
            .distinct()
            .map(name -> "'" + Shown.of(name) + "'")
            .toList();
    if (!twice.isEmpty()) {
      found.add("several columns are called " + Suspicions.enumerate(twice));
    }
  }

  /** Of classes. */
  static List<String> of(CsvTable table, Labels labels) {
    List<String> found = new ArrayList<>();
    List<String> noValue = labels.names().stream().filter(CellNumber::isNoValue).toList();
    if (!noValue.isEmpty()) {
      found.add(
          "%s among the classes of %s; missing=%s leaves these rows out"
              .formatted(
                  Suspicions.enumerate(noValue.stream().map(Shown::quoted).toList())
                      + (noValue.size() == 1 ? " is" : " are"),
                  table.targetName(),
                  Shown.of(String.join(",", noValue))));
    }
    for (Collection<String> alike : alike(labels.names())) {
      found.add(
          "the classes %s differ only by case, blanks or Unicode form"
              .formatted(Suspicions.enumerate(alike.stream().map(Shown::quoted).toList())));
    }
    if (labels.whole() && table.targets().stream().distinct().anyMatch(CsvSuspicions::isDecimal)) {
      found.add(
          "the targets are whole numbers with decimals, such as %s, and read as classes; task=regression reads them as numbers"
              .formatted(Shown.quoted(decimal(table))));
    }
    return found;
  }

  private static boolean isDecimal(String cell) {
    return !cell.matches("[+-]?\\d+");
  }

  private static String decimal(CsvTable table) {
    return table.targets().stream().filter(CsvSuspicions::isDecimal).findFirst().orElse("");
  }

  private static List<List<String>> alike(List<String> names) {
    Map<String, List<String>> folded = new LinkedHashMap<>();
    for (String name : names) {
      folded.computeIfAbsent(folded(name), key -> new ArrayList<>()).add(name);
    }
    return folded.values().stream().filter(same -> same.size() > 1).toList();
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s\\p{Z}]+", "");
  }
}
