package brink.monitor.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Values of settings as text: a whole number, a number, or numbers separated by commas. */
final class SettingText {
  private SettingText() {}

  /** The shortest text that reads back to the same value; it holds no plus sign. */
  static String of(Object value) {
    return switch (value) {
      case Double number -> number.toString().replaceFirst("\\.0$", "");
      case List<?> numbers ->
          numbers.stream().map(SettingText::of).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }

  /**
   * The value that a text stands for.
   *
   * @param name of the setting, for the error
   * @throws IllegalArgumentException if the text is not of the component's type
   */
  static Object parse(RecordComponent component, String name, String text) {
    Class<?> type = component.getType();
    try {
      if (type == int.class) {
        return Integer.valueOf(text.strip());
      }
      return type == double.class ? Double.valueOf(text) : numbers(text);
    } catch (NumberFormatException e) {
      String expected =
          type == int.class
              ? "a whole number"
              : type == double.class ? "a number" : "a list of numbers such as 0.5,1";
      throw new IllegalArgumentException("%s is '%s'; it is %s".formatted(name, text, expected), e);
    }
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
  }
}
