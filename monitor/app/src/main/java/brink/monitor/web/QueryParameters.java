package brink.monitor.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for after the question mark. Names that nobody asks about are passed over.
 */
final class QueryParameters {
  private final Map<String, List<String>> raw = new HashMap<>();

  private QueryParameters() {}

  /** Reads a query; null is one without parameters. */
  static QueryParameters of(@Nullable String query) {
    QueryParameters parameters = new QueryParameters();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      parameters
          .raw
          .computeIfAbsent(parts[0], _ -> new ArrayList<>())
          .add(parts.length == 2 ? parts[1] : "");
    }
    return parameters;
  }

  /**
   * Text of a parameter; null where it is not there.
   *
   * @throws ParameterException if it is not percent-encoded correctly
   */
  @Nullable String text(String name) {
    List<String> values = raw.get(name);
    return values == null ? null : decode(name, values.getLast());
  }

  /** Texts of a parameter that may be there several times. */
  List<String> texts(String name) {
    return raw.getOrDefault(name, List.of()).stream().map(value -> decode(name, value)).toList();
  }

  /** Parts between commas, decoded after they were cut; empty where the parameter is not there. */
  List<String> list(String name) {
    return raw.getOrDefault(name, List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .filter(part -> !part.isEmpty())
        .map(part -> decode(name, part))
        .toList();
  }

  /** A whole number within bounds. */
  int number(String name, int otherwise, int least, int most) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ParameterException("%s is a whole number from %d to %d".formatted(name, least, most));
  }

  /** A finite number. */
  double number(String name, double otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ParameterException(name + " is a number");
  }

  /** One of these words. */
  String word(String name, String otherwise, List<String> words) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    if (words.contains(text)) {
      return text;
    }
    throw new ParameterException(name + " is one of " + String.join(", ", words));
  }

  /**
   * Any of these constants, separated by commas, in capitals or not; none where it is not there.
   *
   * @param prefix what all of them begin with, and may be left out
   */
  <E extends Enum<E>> Set<E> constants(String name, String prefix, Collection<E> known) {
    Set<E> chosen = new HashSet<>();
    for (String word : list(name)) {
      String upper = word.toUpperCase(Locale.ROOT);
      String full = upper.startsWith(prefix) ? upper : prefix + upper;
      chosen.add(
          known.stream()
              .filter(constant -> constant.name().equals(full))
              .findFirst()
              .orElseThrow(() -> noneOf(name, prefix, known)));
    }
    return chosen;
  }

  private static ParameterException noneOf(
      String name, String prefix, Collection<? extends Enum<?>> known) {
    return new ParameterException(
        known.stream()
            .map(constant -> constant.name().substring(prefix.length()))
            .collect(Collectors.joining(", ", name + " is any of ", "")));
  }

  private static String decode(String name, String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(name + " is not percent-encoded correctly");
    }
  }
}
