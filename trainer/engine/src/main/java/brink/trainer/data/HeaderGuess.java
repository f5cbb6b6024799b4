package brink.trainer.data;

import brink.trainer.data.CsvText.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its cells whether the first row of a table has names. It has if all its features are
 * words (or empty, as that of an index), or whole numbers beside a word over numbers to predict. It
 * has not if all are numbers, or cells without a value. Everything else has to be told.
 */
final class HeaderGuess {
  private final Path file;
  private final CsvDialect dialect;
  private final List<Row> rows;
  private final int target;

  /**
   * @param rows the first ones of the table
   * @param target where the targets are
   */
  HeaderGuess(Path file, CsvDialect dialect, List<Row> rows, int target) {
    this.file = file;
    this.dialect = dialect;
    this.rows = rows;
    this.target = target;
  }

  /**
   * Whether the first row is a header.
   *
   * @param named column that the user names; null if none
   * @throws DataException if that has to be told
   */
  boolean isHeader(@Nullable String named) {
    if (dialect.header() != null) {
      return dialect.header();
    }
    List<String> first = rows.getFirst().cells();
    if (named != null && first.contains(named)) {
      return true;
    }
    List<String> features =
        IntStream.range(0, first.size()).filter(j -> j != target).mapToObj(first::get).toList();
    if (features.stream().anyMatch(this::isWord)) {
      if (features.stream().anyMatch(this::isNumber)) {
        throw unclear("has words and numbers");
      }
      return true;
    }
    return isWordOverNumbers(first) || counts(first);
  }

  /** Of features without words: whether a word stands over the targets. */
  private boolean isWordOverNumbers(List<String> first) {
    boolean over =
        target < first.size()
            && isWord(first.get(target))
            && rows.size() > 1
            && rows.stream()
                .skip(1)
                .allMatch(row -> target < row.cells().size() && isNumber(row.cells().get(target)));
    if (!over) {
      return false;
    }
    boolean whole =
        IntStream.range(0, first.size())
            .filter(j -> j != target)
            .allMatch(j -> first.get(j).matches("\\d{1,9}"));
    if (!whole) {
      throw unclear("has a word over a column of numbers, and numbers beside it");
    }
    return true;
  }

  private boolean counts(List<String> first) {
    if (first.size() > 2
        && IntStream.range(0, first.size()).allMatch(j -> first.get(j).equals("" + j))) {
      throw unclear("counts 0, 1, 2, …");
    }
    return false;
  }

  private DataException unclear(String what) {
    return new DataException(
        "%s, line %d: the first row %s: say header=yes if these are names, header=no if they are data"
            .formatted(file, rows.getFirst().line(), what));
  }

  private boolean isNumber(String cell) {
    return dialect.number(cell) != null;
  }

  private boolean isWord(String cell) {
    return !isNumber(cell)
        && !isNumberOfOtherKind(cell)
        && !CellNumber.isNoValue(cell)
        && !dialect.isMissing(cell);
  }

  /** Written with another decimal mark, or with digits in groups: such a cell is no name. */
  private static boolean isNumberOfOtherKind(String cell) {
    return cell.chars().anyMatch(Character::isDigit)
        && cell.chars().allMatch(c -> Character.isDigit(c) || "+-.,' ".indexOf(c) >= 0);
  }
}
