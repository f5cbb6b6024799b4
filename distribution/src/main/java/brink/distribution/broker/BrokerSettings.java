package brink.distribution.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where the embedded broker listens and keeps its data.
 *
 * @param dataDir folder of its own; made if it is missing
 * @param listenHost name or address to bind; {@code 0.0.0.0} for every interface
 * @param port port for clients, 1 to 65535
 * @param advertisedHost name by which clients reach it
 */
public record BrokerSettings(Path dataDir, String listenHost, int port, String advertisedHost) {
  /** Kafka's customary port. */
  public static final int DEFAULT_PORT = 9092;

  private static final String LOOPBACK = "localhost";

  public BrokerSettings {
    if (port < 1 || port > 65535) {
      throw new BrokerException("no such port: %d; use --port with 1 to 65535".formatted(port));
    }
    dataDir = dataDir.toAbsolutePath().normalize();
  }

  /** A broker that only this machine reaches. */
  public static BrokerSettings local(Path dataDir, int port) {
    return listening(dataDir, LOOPBACK, port);
  }

  /** A broker that only this machine reaches, on a port that is free now. */
  public static BrokerSettings onAnyPort(Path dataDir) {
    return local(dataDir, Ports.free());
  }

  /**
   * A broker on the given interface, advertised by that name, or by this machine's where the
   * interface is any.
   */
  public static BrokerSettings listening(Path dataDir, String listenHost, int port) {
    return new BrokerSettings(dataDir, listenHost, port, advertised(listenHost));
  }

  /** What clients are given as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return hostPort(advertisedHost, port);
  }

  /** Host and port as Kafka writes them: an IPv6 address in brackets. */
  static String hostPort(String host, int port) {
    boolean bare = host.contains(":") && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + port;
  }

  private static String advertised(String listenHost) {
    try {
      // Clients cannot connect to a wildcard address, and Kafka refuses to advertise one.
      return InetAddress.getByName(listenHost).isAnyLocalAddress()
          ? InetAddress.getLocalHost().getCanonicalHostName()
          : listenHost;
    } catch (UnknownHostException e) {
      throw new BrokerException(
          "unknown host " + listenHost + "; listen on localhost or 0.0.0.0", e);
    }
  }
}
