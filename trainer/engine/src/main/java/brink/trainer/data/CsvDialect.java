package brink.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written.
 *
 * @param header whether the first row has names; null if that is to be told by the cells
 * @param separator between cells; null if that is to be told by the first line
 * @param decimal mark before the decimals, a point or a comma
 * @param missing what cells without a value hold, in lower case; null if all have to have one
 * @param skip lines before the table
 * @param comment beginning of lines that are left out; null if there are none
 */
record CsvDialect(
    @Nullable Boolean header,
    @Nullable Character separator,
    char decimal,
    @Nullable Set<String> missing,
    int skip,
    @Nullable Character comment) {
  /** The parameters that it is read from. */
  static final List<String> PARAMETERS =
      List.of("header", "separator", "decimal", "missing", "skip", "comment");

  private static final Map<String, Character> NAMED =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t', "space", ' ', "pipe", '|');

  private static final Map<String, Character> MARKS =
      Map.of(".", '.', "point", '.', ",", ',', "comma", ',');

  static CsvDialect of(SourceParameters parameters) {
    String header = parameters.choice("header", List.of("yes", "no"));
    String missing = parameters.text("missing");
    CsvDialect dialect =
        new CsvDialect(
            header == null ? null : header.equals("yes"),
            parameters.character("separator", NAMED),
            decimal(parameters),
            missing == null ? null : words(missing),
            parameters.integer("skip", 0, 0),
            parameters.character("comment", Map.of()));
    dialect.requireTold(parameters);
    return dialect;
  }

  private static char decimal(SourceParameters parameters) {
    String text = parameters.text("decimal");
    Character mark = text == null ? Character.valueOf('.') : MARKS.get(text);
    if (mark == null) {
      throw parameters.problem("decimal", "a comma or a point");
    }
    return mark;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private void requireTold(SourceParameters parameters) {
    if (separator != null && (separator == decimal || isTaken(separator))) {
      throw parameters.problem(
          "separator", "comma, semicolon, tab, space, pipe or another mark that numbers have not");
    }
    if (comment != null && (comment.equals(separator) || isTaken(comment))) {
      throw parameters.problem("comment", "a mark that neither cells nor separators begin with");
    }
  }

  private static boolean isTaken(char mark) {
    return mark == '"'
        || Character.isLetterOrDigit(mark)
        || "+-.\r\n\u0000".indexOf(mark) >= 0
        || Character.isSurrogate(mark);
  }

  /** Whether a cell says that it has no value. */
  boolean isMissing(String cell) {
    return missing != null && (cell.isEmpty() || missing.contains(cell.toLowerCase(Locale.ROOT)));
  }

  /** Null if the text is not a number. */
  @Nullable Double number(String text) {
    if (decimal == '.') {
      return CellNumber.parse(text);
    }
    // A point would be one of thousands: refused, since it may as well be a decimal point.
    return text.indexOf('.') >= 0 ? null : CellNumber.parse(text.replace(decimal, '.'));
  }

  /** The same with a separator that is known. */
  CsvDialect separatedBy(char found) {
    return new CsvDialect(header, found, decimal, missing, skip, comment);
  }

  /** By the first line: tab before semicolon before comma, because numbers may contain those. */
  char separatorOf(String line) {
    String unquoted = line.replaceAll("\"[^\"]*\"", "");
    if (unquoted.contains("\t")) {
      return '\t';
    }
    return decimal == ',' || unquoted.contains(";") ? ';' : ',';
  }
}
