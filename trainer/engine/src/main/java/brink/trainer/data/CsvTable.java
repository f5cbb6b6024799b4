package brink.trainer.data;

import brink.trainer.data.CsvText.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file: features as numbers, targets as text.
 *
 * @param header null if there is none
 * @param target index of the column of targets
 * @param lines where each row begins in the file; at least one
 * @param features row-major, without the column of targets; owned by this record
 * @param targets of each row
 * @param dropped rows that were left out, since they lack a value
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked for
record CsvTable(
    Path file,
    CsvDialect dialect,
    @Nullable List<String> header,
    int width,
    int target,
    List<Long> lines,
    double[] features,
    List<String> targets,
    int dropped) {
  /**
   * Reads the whole file.
   *
   * @throws DataException if it is missing, empty, malformed or has rows of different lengths
   */
  static CsvTable read(Path file, CsvDialect given, TargetColumn wanted) {
    return new TableReader(CsvText.of(file, given), wanted).read();
  }

  int rows() {
    return targets.size();
  }

  /** The numbers of all columns but that of targets. */
  Features numbers() {
    return new DenseFeatures(rows(), width - 1, features);
  }

  /**
   * The targets as numbers.
   *
   * @throws DataException if one of them is not a finite number
   */
  double[] targetNumbers() {
    return IntStream.range(0, rows()).mapToDouble(this::targetNumber).toArray();
  }

  private double targetNumber(int row) {
    Double value = dialect.number(targets.get(row));
    if (value == null || !Double.isFinite(value)) {
      throw problem(row, "expected a finite number, found " + Shown.quoted(targets.get(row)));
    }
    return value;
  }

  /** Names of the features; empty if they have none. */
  List<String> featureNames() {
    if (header == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>(header);
    names.remove(target);
    return List.copyOf(names);
  }

  /** For people, such as "column 5, species". */
  String targetName() {
    String name = header == null || header.get(target).isEmpty() ? "" : ", " + header.get(target);
    return "column " + (target + 1) + Shown.of(name);
  }

  /** A wrong target, with file, line and column. */
  DataException problem(int row, String what) {
    return problem(file, lines.get(row), header, target, what);
  }

  static DataException problem(
      Path file, long line, @Nullable List<String> header, int column, String what) {
    Function<List<String>, String> name = names -> " (" + Shown.of(names.get(column)) + ")";
    return new DataException(
        "%s, line %d, column %d%s: %s"
            .formatted(file, line, column + 1, header == null ? "" : name.apply(header), what));
  }

  /** The rows of a file one by one, for a first row. */
  static List<Row> sample(CsvText text, int most) {
    List<Row> rows = new ArrayList<>();
    text.forEach(
        row -> {
          rows.add(row);
          return rows.size() < most;
        });
    return rows;
  }
}
