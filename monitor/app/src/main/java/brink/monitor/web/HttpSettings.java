package brink.monitor.web;

import java.util.Set;

/**
 * How the monitor serves.
 *
 * @param host address to listen at; loopback unless others are to see it
 * @param port 0 for any free one
 * @param allowedHosts further names under which it may be asked ({@link HostCheck})
 * @param readOnly whether notes cannot be written
 */
public record HttpSettings(String host, int port, Set<String> allowedHosts, boolean readOnly) {
  public HttpSettings {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** At this address, under its own names, with notes. */
  public static HttpSettings at(String host, int port) {
    return new HttpSettings(host, port, Set.of(), false);
  }

  /** The same at another address. */
  public HttpSettings servedAt(String otherHost, int otherPort) {
    return new HttpSettings(otherHost, otherPort, allowedHosts, readOnly);
  }
}
