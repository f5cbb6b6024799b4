package brink.trainer.request;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the values of an option are written.
 *
 * @param reader from text; an {@link IllegalArgumentException} says what is expected, and what was
 *     found
 * @param writer to a text from which the reader makes the same value
 * @param choices the values that there are, as help lists them; empty where they cannot be listed
 */
public record ValueForm<T>(
    Function<String, T> reader, Function<T, String> writer, List<String> choices) {
  static final ValueForm<Integer> COUNT = number(Integer::valueOf, "a whole number");
  static final ValueForm<Long> LONG_COUNT = number(Long::valueOf, "a whole number");
  static final ValueForm<Double> NUMBER =
      new ValueForm<>(number(Double::valueOf, "a number").reader, ValueForm::shortest, List.of());
  static final ValueForm<String> TEXT = of(text -> text, text -> text);
  static final ValueForm<Path> PATH = of(ValueForm::path, Path::toString);

  /** Whether the values are single numbers. */
  public boolean isNumeric() {
    return equals(COUNT) || equals(LONG_COUNT) || equals(NUMBER);
  }

  /** Values that no list can hold. */
  static <T> ValueForm<T> of(Function<String, T> reader, Function<T, String> writer) {
    return new ValueForm<>(reader, writer, List.of());
  }

  /** The constants of an enumeration by what they are called, in upper or lower case. */
  static <E extends Enum<E>> ValueForm<E> choice(Class<E> type) {
    return choice(type, Enum::toString);
  }

  /** The constants of an enumeration by other names. */
  static <E extends Enum<E>> ValueForm<E> choice(Class<E> type, Function<E, String> name) {
    return choice(List.of(type.getEnumConstants()), name);
  }

  /**
   * Some values by their names. Checkpoints hold what users wrote, so a constant's own name does.
   */
  static <E extends Enum<E>> ValueForm<E> choice(List<E> values, Function<E, String> name) {
    Map<String, E> byName =
        values.stream()
            .collect(Collectors.toMap(name, value -> value, (one, _) -> one, LinkedHashMap::new));
    return new ValueForm<>(text -> chosen(byName, text), name, List.copyOf(byName.keySet()));
  }

  private static <E extends Enum<E>> E chosen(Map<String, E> byName, String text) {
    return byName.entrySet().stream()
        .filter(
            entry ->
                text.equalsIgnoreCase(entry.getKey())
                    || text.equalsIgnoreCase(entry.getValue().name()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found '%s'"
                        .formatted(
                            String.join(", ", byName.keySet()).toLowerCase(Locale.ROOT), text)));
  }

  /** Values separated by commas. */
  static <T> ValueForm<List<T>> list(ValueForm<T> of) {
    return of(
        text -> Arrays.stream(text.split(",", -1)).map(of.reader).toList(),
        values -> values.stream().map(of.writer).collect(Collectors.joining(",")));
  }

  private static <N extends Number> ValueForm<N> number(
      Function<String, N> reader, String expected) {
    return of(
        text -> {
          try {
            return reader.apply(text.strip());
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                "expected %s, found '%s'".formatted(expected, text), e);
          }
        },
        Number::toString);
  }

  /** As a person would write it: whole numbers without a point. */
  private static String shortest(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a path, found '" + text + "'", e);
    }
  }
}
