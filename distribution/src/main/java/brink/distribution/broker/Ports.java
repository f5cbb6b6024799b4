package brink.distribution.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Asks the operating system about ports. */
final class Ports {
  private Ports() {}

  /** Refuses a port that is taken, before Kafka fails on it less clearly. */
  static void requireFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (BindException e) {
      throw taken(host, port, e);
    } catch (IOException e) {
      throw new BrokerException(
          "cannot listen on %s:%d (%s)".formatted(host, port, e.getMessage()), e);
    }
  }

  /** A port of the loopback interface that is free now. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BrokerException("no free port on the loopback interface", e);
    }
  }

  private static BrokerException taken(String host, int port, BindException cause) {
    // The same exception stands for an address of another machine and for a port below 1024 without
    // permission.
    String reason = String.valueOf(cause.getMessage());
    return reason.contains("in use")
        ? new BrokerException(
            "port %d is taken; use --port N, or stop the program that listens there"
                .formatted(port),
            cause)
        : new BrokerException(
            "cannot listen on %s:%d (%s); use another host or port".formatted(host, port, reason),
            cause);
  }
}
