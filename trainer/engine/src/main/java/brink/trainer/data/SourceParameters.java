package brink.trainer.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands before and after the question mark of {@code name?key=value&key=value}. */
final class SourceParameters {
  private final String label;
  private final String name;
  private final Map<String, String> values = new HashMap<>();

  /** Takes an argument apart; errors call it as it is. */
  SourceParameters(String argument, List<String> known) {
    this("", argument, known);
  }

  /**
   * Takes an argument apart.
   *
   * @param scheme what errors put before it
   * @param known the keys that are allowed
   * @throws DataException if there is another key, one without value or one twice
   */
  SourceParameters(String scheme, String argument, List<String> known) {
    int question = argument.indexOf('?');
    name = question < 0 ? argument : argument.substring(0, question);
    label = scheme + name;
    if (question < 0) {
      return;
    }
    for (String pair : argument.substring(question + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (!known.contains(key)) {
        throw new DataException(
            "%s: unknown parameter '%s', expected one of %s"
                .formatted(label, key, String.join(", ", known)));
      }
      if (equals < 0 || equals == pair.length() - 1) {
        throw new DataException("%s: parameter '%s' has no value".formatted(label, key));
      }
      if (values.put(key, pair.substring(equals + 1)) != null) {
        throw new DataException("%s: parameter '%s' is given twice".formatted(label, key));
      }
    }
  }

  String name() {
    return name;
  }

  /** The source without its parameters, for messages. */
  String label() {
    return label;
  }

  @Nullable String text(String key) {
    return values.get(key);
  }

  /**
   * One of some words; null if it is not given.
   *
   * @throws DataException if it is another word
   */
  @Nullable String choice(String key, List<String> words) {
    String text = values.get(key);
    if (text != null && !words.contains(text)) {
      throw problem(key, String.join(" or ", words));
    }
    return text;
  }

  /**
   * A single character, or the name of one; null if it is not given.
   *
   * @throws DataException if it is neither
   */
  @Nullable Character character(String key, Map<String, Character> names) {
    String text = values.get(key);
    if (text == null) {
      return null;
    }
    Character named = names.get(text);
    if (named == null && text.length() != 1) {
      throw problem(
          key,
          names.isEmpty()
              ? "one character"
              : "one character or one of " + String.join(", ", new TreeSet<>(names.keySet())));
    }
    return named == null ? Character.valueOf(text.charAt(0)) : named;
  }

  /** Says what was expected of a parameter, and what is given. */
  DataException problem(String key, String expected) {
    return new DataException(
        "%s: parameter '%s' must be %s, found '%s'"
            .formatted(label, key, expected, values.getOrDefault(key, "")));
  }

  /**
   * A file of examples for testing; null if there is none.
   *
   * @throws DataException if a split is asked for, too
   */
  @Nullable Path testPath() {
    String test = values.get("test");
    if (test != null && (values.containsKey("fraction") || values.containsKey("seed"))) {
      throw new DataException(
          "%s: with test=%s nothing is held out; leave out fraction and seed"
              .formatted(label, test));
    }
    return test == null ? null : DataException.path(test);
  }

  /**
   * The options as these parameters change them: fraction and seed of the split.
   *
   * @throws DataException if one of them is out of range
   */
  DataOptions split(DataOptions options) {
    double fraction = number("fraction", options.testFraction(), 0, 1);
    if (fraction == 1) {
      throw problem("fraction", "below 1");
    }
    DataOptions split = options.withTestFraction(fraction);
    String seed = values.get("seed");
    if (seed == null) {
      return split;
    }
    try {
      return split.withSeed(Long.parseLong(seed));
    } catch (NumberFormatException e) {
      throw problem("seed", "a whole number");
    }
  }

  int integer(String key, int otherwise, int least) {
    String text = values.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below, together with integers out of range.
    }
    throw new DataException(
        "%s: parameter '%s' must be an integer ≥ %d, found '%s'"
            .formatted(label, key, least, text));
  }

  int integer(String key, int otherwise, int least, int most) {
    int value = integer(key, otherwise, least);
    if (value > most) {
      throw new DataException(
          "%s: parameter '%s' must be an integer from %d to %d, found '%d'"
              .formatted(label, key, least, most, value));
    }
    return value;
  }

  double number(String key, double otherwise, double least, double most) {
    String text = values.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below, together with numbers out of range.
    }
    throw new DataException(
        "%s: parameter '%s' must be a number in [%s, %s], found '%s'"
            .formatted(label, key, least, most, text));
  }
}
