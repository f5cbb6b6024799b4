package brink.monitor.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a table has room for: four digits, without what adds nothing. */
public final class BriefNumber {
  private static final MathContext FOUR_DIGITS = new MathContext(4);
  private static final int MOST_LEADING_ZEROS = 3;
  private static final int MOST_DIGITS = 6;

  private BriefNumber() {}

  /** For example {@code 0.05}, {@code 1e-4}, {@code 12}. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal brief = new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros();
    int exponent = brief.precision() - brief.scale() - 1;
    if (exponent >= -MOST_LEADING_ZEROS && exponent < MOST_DIGITS) {
      return brief.toPlainString();
    }
    BigDecimal mantissa = brief.movePointLeft(exponent).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent;
  }

  /** With separators between thousands. */
  public static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
