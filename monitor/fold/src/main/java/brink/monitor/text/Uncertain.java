package brink.monitor.text;

import java.util.Locale;

/**
 * A number with its standard error, such as "2.000 ± 0.012": three decimals, or as many up to six
 * as show a digit of the error. The same to the letter wherever it is written.
 */
public final class Uncertain {
  private static final int FEWEST_DECIMALS = 3;
  private static final int MOST_DECIMALS = 6;

  private Uncertain() {}

  /** The words; an error that six decimals do not show is "<1e−6". */
  public static String text(double value, double error) {
    if (error == 0) {
      return signed("%.3f ± 0", value);
    }
    int decimals = FEWEST_DECIMALS;
    double unit = 1e-3;
    while (error < unit / 2 && decimals < MOST_DECIMALS) {
      decimals++;
      unit /= 10;
    }
    String number = "%." + decimals + "f";
    return error < unit / 2
        ? signed(number + " ± <1e−6", value)
        : signed(number + " ± " + number, value, error);
  }

  /** With a true minus sign. */
  @SuppressWarnings("AnnotateFormatMethod") // the number of decimals is part of the format
  private static String signed(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers).replace("-", "−");
  }
}
