package brink.distribution.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Serves every metric of the contract, from a file. Counters grow with each scrape, so that rates
 * are not 0/0, and 1999999999 stands for the time of the scrape.
 */
final class FixtureMetrics implements MetricsSource {
  private static final Pattern COUNTER =
      Pattern.compile("^(\\w+_(?:total|bucket|count|sum)(?:\\{.*})?) (\\S+)$", Pattern.MULTILINE);

  private final AtomicInteger scrapes = new AtomicInteger();
  private final HttpServer server;

  FixtureMetrics() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::serve);
    server.start();
  }

  static String exposition() {
    try (InputStream file =
        FixtureMetrics.class.getResourceAsStream("/observability/all-metrics.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    int scrape = scrapes.incrementAndGet();
    String now = Long.toString(Instant.now().getEpochSecond());
    String body =
        COUNTER
            .matcher(exposition().replace("1999999999", now))
            .replaceAll(line -> grown(line, scrape));
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String grown(MatchResult line, int scrape) {
    return line.group(1) + " " + Double.parseDouble(line.group(2)) * scrape;
  }
}
