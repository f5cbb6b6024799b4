package brink.trainer.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands before and after the question mark of {@code name?key=value&key=value}. */
final class Parameters {
  private final String label;
  private final String name;
  private final Map<String, String> values = new HashMap<>();

  /** Takes an argument apart; errors call it as it is. */
  Parameters(String argument, List<String> known) {
    this("", argument, known);
  }

  /**
   * Takes an argument apart.
   *
   * @param scheme what errors put before it
   * @param known the keys that are allowed
   * @throws DataException if there is another key, one without value or one twice
   */
  Parameters(String scheme, String argument, List<String> known) {
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

  @Nullable String text(String key) {
    return values.get(key);
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
