package brink.trainer.data;

import brink.trainer.data.CsvText.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a table in two passes: the first rows tell how it is written, then all are read. */
final class TableReader {
  /** Rows by which a header is told: one strange row among them must not decide it. */
  private static final int SAMPLE = 100;

  private final CsvText text;
  private final Path file;
  private final CsvDialect dialect;
  private final TargetColumn wanted;
  private final Doubles features = new Doubles();
  private final List<String> targets = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();

  /** Labels repeat: one copy of each is kept. */
  private final Map<String, String> seen = new HashMap<>();

  private int dropped;

  TableReader(CsvText text, TargetColumn wanted) {
    this.text = text;
    this.file = text.file();
    this.dialect = text.dialect();
    this.wanted = wanted;
  }

  CsvTable read() {
    List<Row> sample = CsvTable.sample(text, SAMPLE);
    if (sample.isEmpty()) {
      throw new DataException("%s: the file is empty, expected rows of numbers".formatted(file));
    }
    Row first = sample.getFirst();
    int width = first.cells().size();
    if (width < 2) {
      throw new DataException(
          ("%s, line %d: expected at least two columns separated by comma, semicolon or tab, found"
                  + " one; another separator is given by separator=")
              .formatted(file, first.line()));
    }
    boolean headed =
        new HeaderGuess(file, dialect, sample, wanted.unnamed(file, first.cells(), width))
            .isHeader(wanted.name());
    List<String> header = headed ? first.cells() : null;
    int target = wanted.of(file, header, width);
    text.forEach(
        row -> {
          if (!headed || row.line() != first.line()) {
            add(row, header, width, target);
          }
          return true;
        });
    if (targets.isEmpty()) {
      throw new DataException(
          dropped > 0
              ? "%s: every row lacks a value, so that none is left".formatted(file)
              : "%s: expected rows below the header, found none".formatted(file));
    }
    return new CsvTable(
        file, dialect, header, width, target, lines, features.toArray(), targets, dropped);
  }

  private void add(Row row, @Nullable List<String> header, int width, int target) {
    if (row.cells().size() != width) {
      throw new DataException(
          "%s, line %d: expected %d columns as in the first row, found %d"
              .formatted(file, row.line(), width, row.cells().size()));
    }
    if (row.cells().stream().anyMatch(dialect::isMissing)) {
      dropped++;
      return;
    }
    for (int j = 0; j < width; j++) {
      if (j != target) {
        features.add(finite(row, header, j));
      }
    }
    targets.add(seen.computeIfAbsent(row.cells().get(target), cell -> cell));
    lines.add(row.line());
  }

  private double finite(Row row, @Nullable List<String> header, int column) {
    String cell = row.cells().get(column);
    Double value = dialect.number(cell);
    if (value != null && Double.isFinite(value)) {
      return value;
    }
    throw CsvTable.problem(
        file,
        row.line(),
        header,
        column,
        "expected a finite number, found " + Shown.quoted(cell) + advice(cell));
  }

  private String advice(String cell) {
    if (dialect.decimal() == '.' && CellNumber.parse(cell.replace(',', '.')) != null) {
      return "; numbers with a decimal comma are read by decimal=comma";
    }
    if (dialect.decimal() == ',' && CellNumber.parse(cell) != null) {
      return "; a point is neither a decimal comma nor may it group digits";
    }
    return CellNumber.isNoValue(cell)
        ? "; missing=%s leaves out the rows without a value"
            .formatted(cell.isEmpty() ? "NA" : Shown.of(cell))
        : "";
  }
}
