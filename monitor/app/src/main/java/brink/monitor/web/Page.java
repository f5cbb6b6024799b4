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
   * Reads {@code offset=…&limit=…}, both optional.
   *
   * @throws ParameterException with a sentence for the client
   */
  static Page of(QueryParameters parameters) {
    return new Page(
        parameters.number("offset", 0, 0, Integer.MAX_VALUE),
        parameters.number("limit", DEFAULT_LIMIT, 1, MOST));
  }

  <T> List<T> of(List<T> all) {
    int from = Math.min(offset, all.size());
    return all.subList(from, Math.min(all.size(), from + limit));
  }

  /** The page that follows in a list of this length; null if none does. */
  @Nullable Page next(int total) {
    return (long) offset + limit < total ? new Page(offset + limit, limit) : null;
  }

  /**
   * Headers as RFC 8288 has them, so that a client follows links until there is none.
   *
   * @param query of the request; null for none
   */
  Map<String, String> headers(String path, @Nullable String query, int total) {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Total-Count", Integer.toString(total));
    Page next = next(total);
    if (next != null) {
      headers.put(
          "Link",
          "<%s?%soffset=%d&limit=%d>; rel=\"next\""
              .formatted(path, others(query), next.offset(), next.limit()));
    }
    return headers;
  }

  private static String others(@Nullable String query) {
    StringBuilder others = new StringBuilder();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      if (!parameter.isEmpty()
          && !parameter.startsWith("offset=")
          && !parameter.startsWith("limit=")) {
        others.append(parameter.replaceAll("[^A-Za-z0-9%._~=+,*:/-]", "")).append('&');
      }
    }
    return others.toString();
  }
}
