package brink.schemas;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether anything listens where Kafka is said to be. A refused connection is known at once, but
 * Kafka's clients try again for as long as their patience lasts.
 */
public final class BootstrapServers {
  /** A machine that answers at all does so within this time, also around the world. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private BootstrapServers() {}

  /**
   * Refuses servers of which none takes a connection.
   *
   * @throws KafkaSetupException if so
   */
  public static void requireListening(KafkaSettings settings) {
    for (String server : settings.bootstrapServers().split(",", -1)) {
      if (listens(server.strip())) {
        return;
      }
    }
    throw new KafkaSetupException(
        "nothing listens at %s; start Kafka (./brink demo brings one), or check --bootstrap-servers and --config"
            .formatted(settings.bootstrapServers()));
  }

  private static boolean listens(String server) {
    String host = Utils.getHost(server);
    Integer port = Utils.getPort(server);
    if (host == null || port == null) {
      // Kafka's client says better what is wrong with it.
      return true;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (listens(new InetSocketAddress(address, port))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.toIntExact(TIMEOUT.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
