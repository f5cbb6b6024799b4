package brink.trainer.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a CSV file (RFC 4180, separated by commas, semicolons or tabs). The first row is a
 * header if any of its cells but the last, which may be a class label, is not a number.
 *
 * @param header null if there is none
 * @param rows all of the same length, at least one
 */
record Table(Path file, @Nullable List<String> header, List<CsvRecord> rows) {
  /**
   * Reads the whole file.
   *
   * @throws DataException if it is missing, empty, malformed or has rows of different lengths
   */
  static Table read(Path file) {
    DataException.requireFile(file, "an existing CSV file");
    List<CsvRecord> records = records(file);
    if (records.isEmpty()) {
      throw new DataException("%s: the file is empty, expected rows of numbers".formatted(file));
    }
    CsvRecord first = records.getFirst();
    int width = first.getFieldCount();
    if (width < 2) {
      throw new DataException(
          ("%s, line %d: expected at least two columns separated by comma, semicolon or tab, found"
                  + " one")
              .formatted(file, first.getStartingLineNumber()));
    }
    for (CsvRecord row : records) {
      if (row.getFieldCount() != width) {
        throw new DataException(
            "%s, line %d: expected %d columns as in the first row, found %d"
                .formatted(file, row.getStartingLineNumber(), width, row.getFieldCount()));
      }
    }
    boolean headed =
        first.getFields().subList(0, width - 1).stream().anyMatch(cell -> number(cell) == null);
    List<CsvRecord> rows = headed ? records.subList(1, records.size()) : records;
    if (rows.isEmpty()) {
      throw new DataException("%s: expected rows below the header, found none".formatted(file));
    }
    List<String> header = headed ? first.getFields().stream().map(String::strip).toList() : null;
    return new Table(file, header, rows);
  }

  private static List<CsvRecord> records(Path file) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator(file))
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .detectBomHeader(true)
            .allowUnclosedQuote(false)
            .ofCsvRecord(file)) {
      return reader.stream().toList();
    } catch (CsvParseException e) {
      throw new DataException("%s: malformed CSV: %s".formatted(file, oneLine(e)), e);
    } catch (AccessDeniedException e) {
      throw DataException.unreadable(file, e);
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("%s: cannot be read as UTF-8: %s".formatted(file, oneLine(e)), e);
    }
  }

  /** Tab before semicolon before comma, because numbers and words may contain the latter ones. */
  private static String separator(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      String unquoted = line == null ? "" : line.replaceAll("\"[^\"]*\"", "");
      return unquoted.contains("\t") ? "\t" : unquoted.contains(";") ? ";" : ",";
    }
  }

  private static String oneLine(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
  }

  int width() {
    return rows.getFirst().getFieldCount();
  }

  /**
   * Where the target column is.
   *
   * @param name as in the header; null for the last column
   * @throws DataException if there is no such column
   */
  int column(@Nullable String name) {
    if (name == null) {
      return width() - 1;
    }
    if (header == null) {
      throw new DataException(
          "%s: target '%s' asked for, but the first row is not a header (all its cells are numbers)"
              .formatted(file, name));
    }
    int column = header.indexOf(name);
    if (column < 0) {
      throw new DataException(
          "%s: no column '%s', the header has %s".formatted(file, name, String.join(", ", header)));
    }
    return column;
  }

  String cell(int row, int column) {
    return rows.get(row).getField(column).strip();
  }

  /**
   * All numbers of a column.
   *
   * @throws DataException if a cell is not a finite number
   */
  double[] numbers(int column) {
    return IntStream.range(0, rows.size()).mapToDouble(row -> finite(row, column)).toArray();
  }

  /** The numbers of all columns but this one. */
  Features numbersWithout(int column) {
    int[] columns = IntStream.range(0, width()).filter(j -> j != column).toArray();
    double[] values = new double[rows.size() * columns.length];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.length; j++) {
        values[i * columns.length + j] = finite(i, columns[j]);
      }
    }
    return new DenseFeatures(rows.size(), columns.length, values);
  }

  private double finite(int row, int column) {
    String cell = cell(row, column);
    Double value = number(cell);
    if (value == null || !Double.isFinite(value)) {
      String found = cell.isEmpty() ? "an empty cell" : "'" + cell + "'";
      throw problem(row, column, "expected a finite number, found " + found);
    }
    return value;
  }

  /** Names file, line and column. */
  DataException problem(int row, int column, String what) {
    String name = header == null ? "" : " (" + header.get(column) + ")";
    return new DataException(
        "%s, line %d, column %d%s: %s"
            .formatted(file, rows.get(row).getStartingLineNumber(), column + 1, name, what));
  }

  /** Null if the text is not a number. */
  static @Nullable Double number(String text) {
    String stripped = text.strip();
    // parseDouble also takes the suffixes of Java's literals.
    if (stripped.isEmpty() || "dDfF".indexOf(stripped.charAt(stripped.length() - 1)) >= 0) {
      return null;
    }
    try {
      return Double.valueOf(stripped);
    } catch (NumberFormatException e) {
      return switch (stripped.toLowerCase(Locale.ROOT)) {
        case "nan", "inf", "-inf", "infinity", "-infinity" -> Double.NaN;
        default -> null;
      };
    }
  }
}
