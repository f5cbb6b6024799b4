package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.log.LimitedLog;
import brink.monitor.text.Excerpt;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitor's HTTP server: read-only, without state of its own. */
public final class MonitorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorServer.class);
  private static final LimitedLog FAILURES = new LimitedLog(LOG);
  private static final int BACKLOG = 64;
  private static final int LOGGED_URI = 300;

  private final HttpServer server;
  private final ExecutorService executor;
  private final Routes routes;
  private final String host;

  private MonitorServer(HttpServer server, Routes routes, String host) {
    this.server = server;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.routes = routes;
    this.host = host;
  }

  /**
   * Serves from now on.
   *
   * @param host address to listen at; loopback unless others are to see it
   * @param port 0 for any free one
   * @throws IOException if the address cannot be used
   */
  public static MonitorServer start(
      String host, int port, Scrape scrape, Health health, RunDirectory runs) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + host);
    }
    HttpServer http = listen(address);
    MonitorServer server = new MonitorServer(http, new Routes(scrape, health, runs), host);
    http.setExecutor(server.executor);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  private static HttpServer listen(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (BindException e) {
      throw new IOException(
          "cannot serve at %s:%d (%s); use another --http-port"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
  }

  /** Where the server is. */
  public URI uri() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head || exchange.getRequestMethod().equals("GET")) {
        send(exchange, answer(exchange), head);
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, Reply.error(405, "only GET and HEAD are served here"), false);
      }
    } catch (IOException e) {
      LOG.debug("a client went away", e);
    }
  }

  private Reply answer(HttpExchange exchange) {
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    try {
      return routes.answer(
          exchange.getRequestURI().getRawPath(), exchange.getRequestURI().getRawQuery(), accept);
    } catch (RuntimeException e) {
      FAILURES.error(
          "requests that failed",
          () -> "GET " + Excerpt.of(exchange.getRequestURI().toString(), LOGGED_URI) + " failed",
          e);
      return Reply.error(500, "the monitor failed on this request; its log says why");
    }
  }

  private static void send(HttpExchange exchange, Reply reply, boolean head) throws IOException {
    byte[] text = reply.body().getBytes(StandardCharsets.UTF_8);
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    ContentCoding coding = ContentCoding.of(accepted, text.length);
    byte[] body = coding.encode(text);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Vary", "Accept-Encoding");
    if (coding == ContentCoding.GZIP) {
      headers.set("Content-Encoding", "gzip");
    }
    headers.set("Content-Type", reply.contentType());
    reply.headers().forEach(headers::set);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "default-src 'none'");
    if (head) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
