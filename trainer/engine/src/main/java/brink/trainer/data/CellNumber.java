package brink.trainer.data;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers as people write them into cells. */
final class CellNumber {
  private static final Set<String> NOT_FINITE =
      Set.of("nan", "inf", "-inf", "infinity", "-infinity");

  /** What cells hold that have no value, as R, pandas, UCI's files and databases write them. */
  private static final Set<String> NO_VALUE =
      Set.of("", "?", "na", "n/a", "#n/a", "<na>", "nan", "null", "none", "missing");

  private CellNumber() {}

  /** Null if the text is not a number; NaN if it is one that is not finite. */
  static @Nullable Double parse(String text) {
    String stripped = text.strip();
    // parseDouble also takes the suffixes of Java's literals.
    if (stripped.isEmpty() || "dDfF".indexOf(stripped.charAt(stripped.length() - 1)) >= 0) {
      return null;
    }
    try {
      return Double.valueOf(stripped);
    } catch (NumberFormatException e) {
      return NOT_FINITE.contains(stripped.toLowerCase(Locale.ROOT)) ? Double.NaN : null;
    }
  }

  /** Whether a cell usually says by this that it has no value. */
  static boolean isNoValue(String cell) {
    return NO_VALUE.contains(cell.strip().toLowerCase(Locale.ROOT));
  }

  /** Whether a number can be a class: whole, and told from its neighbours. */
  static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) <= 1L << 53;
  }
}
