package brink.trainer.cli;

import brink.trainer.data.DataDescription;
import brink.trainer.data.DataDescription.ClassCount;
import brink.trainer.data.DataDescription.Classification;
import brink.trainer.data.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Data as lines for people. */
final class DataText {
  /** Names that are listed, of columns and of classes. */
  private static final int LISTED = 20;

  private DataText() {}

  static List<String> lines(DataDescription data, FirstRows first) {
    List<String> lines = new ArrayList<>();
    lines.add(data.line());
    data.files().forEach(file -> lines.add(label("file") + Shown.line(file)));
    if (!data.columns().isEmpty()) {
      lines.add(label("features") + names(data.columns()));
    }
    if (data.task() instanceof Classification(List<ClassCount> classes)) {
      lines.add(label("classes") + counts(classes));
    }
    for (FirstRows.Row row : first.rows()) {
      lines.add(label("row to train") + values(row) + " → " + target(data, row));
    }
    data.warnings().forEach(warning -> lines.add(label("warning") + Shown.line(warning)));
    return lines;
  }

  private static String label(String text) {
    return String.format(Locale.ROOT, "%-13s ", text);
  }

  private static String names(List<String> all) {
    return listed(
        all.stream()
            .limit(LISTED)
            .map(name -> name.isEmpty() ? "no name" : Shown.of(name))
            .toList(),
        all.size());
  }

  private static String counts(List<ClassCount> all) {
    return listed(
        all.stream()
            .limit(LISTED)
            .map(
                c ->
                    String.format(
                        Locale.ROOT,
                        "%s (%,d to train, %,d to test)",
                        name(c),
                        c.train(),
                        c.test()))
            .toList(),
        all.size());
  }

  private static String listed(List<String> first, int all) {
    String more =
        all > first.size() ? String.format(Locale.ROOT, " and %,d more", all - first.size()) : "";
    return String.join(", ", first) + more;
  }

  private static String name(ClassCount counted) {
    return Shown.of(counted.name());
  }

  private static String values(FirstRows.Row row) {
    return row.features().stream().map(DataText::number).collect(Collectors.joining(" "))
        + (row.more() > 0 ? String.format(Locale.ROOT, " … (%,d more)", row.more()) : "");
  }

  private static String target(DataDescription data, FirstRows.Row row) {
    return data.task() instanceof Classification(List<ClassCount> classes)
        ? name(classes.get((int) row.target()))
        : number(row.target());
  }

  /** Five digits tell a value; whole numbers are shown without decimals. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.5g", value);
  }
}
