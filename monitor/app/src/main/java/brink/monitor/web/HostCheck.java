package brink.monitor.web;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request names this server, against DNS rebinding: a page of a stranger whose name was
 * made to lead to this machine, so that the browser lets the page read the answers.
 *
 * <p>Such a name is registered with somebody, so it has a dot. Addresses, localhost and names
 * without a dot (a machine of the same network, a service of the same compose file) cannot be one.
 */
final class HostCheck {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final Set<String> allowed;

  /**
   * A check.
   *
   * @param host that the server was told to listen at
   * @param others that were named beside it
   */
  HostCheck(String host, Set<String> others) {
    Set<String> names = new HashSet<>();
    names.add(normal(host));
    others.forEach(name -> names.add(normal(name)));
    allowed = Set.copyOf(names);
  }

  /**
   * Whether the request may be answered.
   *
   * @param header the Host header with or without a port; null for none, which no browser sends
   */
  boolean allows(@Nullable String header) {
    if (header == null) {
      return true;
    }
    String name = normal(name(header));
    return isAddress(name)
        || !name.contains(".")
        || name.endsWith(".localhost")
        || allowed.contains(name);
  }

  /** Whether a page of this origin is this server's own; true for none, which is no page. */
  static boolean isOwnOrigin(@Nullable String origin, @Nullable String host) {
    return origin == null
        || (host != null
            && (origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host)));
  }

  private static boolean isAddress(String name) {
    return name.startsWith("[") || name.contains(":") || IPV4.matcher(name).matches();
  }

  private static String name(String header) {
    return header.startsWith("[") ? header : PORT.matcher(header).replaceFirst("");
  }

  private static String normal(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
