package brink.monitor.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends what it likes, byte by byte. */
final class RawClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int DEFAULT_BYTES = 0;
  private static final int FEW_BYTES = 64 << 10;

  private final Socket socket = new Socket();

  private final InputStream in;

  RawClient(URI server) throws IOException {
    this(server, DEFAULT_BYTES);
  }

  private RawClient(URI server, int receivedBytes) throws IOException {
    if (receivedBytes != DEFAULT_BYTES) {
      socket.setReceiveBufferSize(receivedBytes);
    }
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A client that takes little of an answer before it reads it. */
  static RawClient small(URI server) throws IOException {
    return new RawClient(server, FEW_BYTES);
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Everything up to the close by the server; a reset is a close, too. */
  String readToEnd() {
    StringBuilder all = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.append((char) b);
      }
    } catch (IOException e) {
      all.append("\n").append(e.getMessage());
    }
    return all.toString();
  }

  /** What has come when the text is there for the first time. */
  String readUntil(String text) throws IOException {
    StringBuilder all = new StringBuilder();
    long begin = System.nanoTime();
    while (all.indexOf(text) < 0) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IOException("not in: " + all);
      }
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed after: " + all);
      }
      all.append((char) b);
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
