package brink.bench.report;

import java.util.Locale;

/** What a number of the table counts. */
public enum Unit {
  /** Quotient of two times or rates. */
  RATIO("%.2f ×", 1),
  /** Times of the one matrix product X·W of the first layer. */
  PRODUCTS("%.2f X·W", 1),
  /** Times of one step of gradient descent. */
  STEPS("%.1f GD steps", 1),
  /** A plain count. */
  COUNT("%.0f", 1),
  /** A plain number. */
  NUMBER("%.3f", 1),
  /** Relative difference of two numbers or vectors. */
  DIFFERENCE("%.1e", 1),
  /** Share of one. */
  PERCENT("%.3g %%", 100),
  /** Seconds, shown as such. */
  SECONDS("%.1f s", 1),
  /** Seconds, shown as milliseconds. */
  MILLISECONDS("%.1f ms", 1e3),
  /** Seconds, shown as microseconds. */
  MICROSECONDS("%.1f µs", 1e6),
  /** Bytes, shown as 2²⁰ bytes. */
  MEBIBYTES("%.1f MiB", 0x1p-20),
  /** 10⁶ bytes per second. */
  MEGABYTES_PER_SECOND("%.0f MB/s", 1),
  /** Steps per second. */
  PER_SECOND("%.1f steps/s", 1);

  private final String pattern;
  private final double shown;

  Unit(String pattern, double shown) {
    this.pattern = pattern;
    this.shown = shown;
  }

  /** A number with its unit. */
  public String format(double value) {
    return String.format(Locale.ROOT, pattern, value * shown);
  }
}
