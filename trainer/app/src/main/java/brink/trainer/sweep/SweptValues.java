package brink.trainer.sweep;

import brink.trainer.request.RunOption;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of a numeric option in a sweep: a list of values and ranges, {@code 0.1,0.2}, {@code
 * 1..3}, {@code lin:0..1:5} or {@code log:1e-4..1e-2:5}.
 */
public final class SweptValues {
  /** More are a mistake. */
  static final int MOST = 10_000;

  private static final Pattern RANGE = Pattern.compile("(?:(lin|log):)?(.+?)\\.\\.(.+?)(?::(.*))?");

  /** Before or after the point: as many as doubles have. */
  private static final int MOST_PLACES = 330;

  /** Digits of the values within a logarithmic range, so that people can read and write them. */
  private static final MathContext READABLE = new MathContext(6);

  private SweptValues() {}

  /**
   * The values, each as the option itself is written; each once, in the order of the text.
   *
   * @throws IllegalArgumentException saying what is expected, and what was found
   */
  public static List<String> of(RunOption<?> option, String written) {
    Map<String, String> byMeaning = new LinkedHashMap<>();
    for (String item : written.split(",", -1)) {
      for (String value : expand(item.strip())) {
        byMeaning.putIfAbsent(meaning(option, value, written), value);
      }
      if (byMeaning.size() > MOST) {
        throw new IllegalArgumentException("%s are more than %,d values".formatted(written, MOST));
      }
    }
    return List.copyOf(byMeaning.values());
  }

  /** The same text for all ways to write a value. */
  private static <T> String meaning(RunOption<T> option, String value, String written) {
    try {
      return option.form().writer().apply(option.form().reader().apply(value));
    } catch (IllegalArgumentException e) {
      String where = value.equals(written) ? "" : " in " + written;
      throw new IllegalArgumentException(
          "%s%s; a sweep also takes lists such as 1,2 and ranges such as 1..3, lin:0..1:5 or log:1e-4..1e-2:5"
              .formatted(e.getMessage(), where),
          e);
    }
  }

  private static List<String> expand(String item) {
    Matcher range = RANGE.matcher(item);
    if (!range.matches()) {
      return List.of(item);
    }
    BigDecimal first = number(Objects.requireNonNull(range.group(2)), item);
    BigDecimal last = number(Objects.requireNonNull(range.group(3)), item);
    String spacing = range.group(1);
    if (spacing == null) {
      if (range.group(4) != null) {
        throw new IllegalArgumentException(
            "%s: a range with a number of values is written lin:%s or log:%s"
                .formatted(item, item, item));
      }
      return counted(first, last, item);
    }
    return spaced(spacing.equals("log"), first, last, count(range.group(4), item), item);
  }

  private static List<String> counted(BigDecimal first, BigDecimal last, String item) {
    if (!isWhole(first) || !isWhole(last)) {
      throw new IllegalArgumentException(
          "%s: a range of other than whole numbers needs its number of values; write lin:%s:5 or log:%s:5"
              .formatted(item, item, item));
    }
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "%s: a range of whole numbers ascends; write %s..%s"
              .formatted(item, last.toPlainString(), first.toPlainString()));
    }
    if (last.subtract(first).compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw new IllegalArgumentException("%s are more than %,d values".formatted(item, MOST));
    }
    List<String> values = new ArrayList<>();
    for (BigDecimal at = first; at.compareTo(last) <= 0; at = at.add(BigDecimal.ONE)) {
      values.add(at.toBigInteger().toString());
    }
    return values;
  }

  private static List<String> spaced(
      boolean logarithmic, BigDecimal first, BigDecimal last, int count, String item) {
    if (logarithmic && (first.signum() <= 0 || last.signum() <= 0)) {
      throw new IllegalArgumentException(
          "%s: both ends of a logarithmic range are above 0; use lin: for others".formatted(item));
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(text(between(logarithmic, first, last, i, count - 1)));
    }
    return values;
  }

  /** The ends are exact. */
  private static BigDecimal between(
      boolean logarithmic, BigDecimal first, BigDecimal last, int i, int steps) {
    if (i == 0 || i == steps) {
      return i == 0 ? first : last;
    }
    if (logarithmic) {
      double ratio = last.doubleValue() / first.doubleValue();
      double value = first.doubleValue() * Math.pow(ratio, (double) i / steps);
      return new BigDecimal(value).round(READABLE);
    }
    return first.add(
        last.subtract(first)
            .multiply(BigDecimal.valueOf(i))
            .divide(BigDecimal.valueOf(steps), MathContext.DECIMAL64));
  }

  private static int count(@Nullable String text, String item) {
    int count;
    try {
      count = text == null ? 0 : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      count = 0;
    }
    if (count < 2 || count > MOST) {
      throw new IllegalArgumentException(
          "%s: expected a number of values from 2 to %,d after the range, as in lin:0..1:5"
              .formatted(item, MOST));
    }
    return count;
  }

  private static BigDecimal number(String text, String item) {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      if (Math.abs((long) number.precision() - number.scale()) <= MOST_PLACES) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("%s: expected a number, found '%s'".formatted(item, text));
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  /** Whole numbers without a point; others as a person writes a double. */
  private static String text(BigDecimal number) {
    return isWhole(number)
        ? number.toBigInteger().toString()
        : Double.toString(number.doubleValue()).replace(".0E", "e").replace("E", "e");
  }
}
