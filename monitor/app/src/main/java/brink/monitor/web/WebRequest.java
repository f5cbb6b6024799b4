package brink.monitor.web;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request, apart from the library that read it.
 *
 * @param method in capitals
 * @param rawPath path as it came, percent-encoded
 * @param query what follows the question mark, percent-encoded; null for nothing
 * @param headers the first value of a header; null for none
 * @param body empty where there is none
 */
record WebRequest(
    String method,
    String rawPath,
    @Nullable String query,
    UnaryOperator<@Nullable String> headers,
    String body) {
  @Nullable String header(String name) {
    return headers.apply(name);
  }
}
