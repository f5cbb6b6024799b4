package brink.monitor.settings;

import java.util.List;

/** Checks of settings, for the constructors of their records: the error says what is allowed. */
public final class Allowed {
  private Allowed() {}

  /** A whole number that is at least this. */
  public static void wholeFrom(String name, int value, int least) {
    require(value >= least, name, value, "whole numbers from " + least + " on");
  }

  /** A whole number between these two, which are allowed. */
  public static void wholeBetween(String name, int value, int least, int most) {
    require(
        value >= least && value <= most,
        name,
        value,
        "whole numbers from " + least + " to " + most);
  }

  /** An even number above 0 that is no more than this. */
  public static void even(String name, int value, int most) {
    require(
        value > 0 && value % 2 == 0 && value <= most,
        name,
        value,
        "even numbers from 2 to " + most);
  }

  /** A finite number that is at least this. */
  public static void from(String name, double value, double least) {
    require(
        value >= least && Double.isFinite(value),
        name,
        value,
        "numbers from " + SettingText.of(least) + " on");
  }

  /** A number between these two, which are allowed. */
  public static void between(String name, double value, double least, double most) {
    require(
        value >= least && value <= most,
        name,
        value,
        "numbers from " + SettingText.of(least) + " to " + SettingText.of(most));
  }

  /** A finite number above 0. */
  public static void positive(String name, double value) {
    require(value > 0 && Double.isFinite(value), name, value, "numbers above 0");
  }

  /** A number above 0 that is no more than this. */
  public static void positiveUpTo(String name, double value, double most) {
    require(
        value > 0 && value <= most, name, value, "numbers above 0, up to " + SettingText.of(most));
  }

  /** Numbers above 0 that are no more than this, each larger than the one before. */
  public static void ascending(String name, List<Double> values, double most) {
    boolean ascend = !values.isEmpty();
    double before = 0;
    for (double value : values) {
      ascend &= value > before && value <= most;
      before = value;
    }
    require(
        ascend,
        name,
        values,
        "numbers above 0, up to %s, each larger than the one before"
            .formatted(SettingText.of(most)));
  }

  private static void require(boolean allowed, String name, Object value, String what) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "%s is %s; allowed are %s".formatted(name, SettingText.of(value), what));
    }
  }
}
