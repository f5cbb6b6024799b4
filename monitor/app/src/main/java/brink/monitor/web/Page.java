package brink.monitor.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param offset how many come before it
 * @param limit how many it has at most
 */
record Page(int offset, int limit) {
  static final int DEFAULT_LIMIT = 100;

  /** Runs in short have at most some 10 KiB each. */
  static final int MOST = 1_000;

  /**
   * Reads {@code offset=…&limit=…}, both optional; other parameters are passed over.
   *
   * @throws IllegalArgumentException with a sentence for the client
   */
  static Page of(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      parameters.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return new Page(
        number(parameters, "offset", 0, 0, Integer.MAX_VALUE),
        number(parameters, "limit", DEFAULT_LIMIT, 1, MOST));
  }

  <T> List<T> of(List<T> all) {
    int from = Math.min(offset, all.size());
    return all.subList(from, Math.min(all.size(), from + limit));
  }

  /** The page that follows in a list of this length; null if none does. */
  @Nullable Page next(int total) {
    return (long) offset + limit < total ? new Page(offset + limit, limit) : null;
  }

  private static int number(
      Map<String, String> parameters, String name, int otherwise, int least, int most) {
    String text = parameters.get(name);
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
    throw new IllegalArgumentException(
        "%s is a whole number from %d to %d".formatted(name, least, most));
  }
}
