package brink.monitor.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The monitor's HTTP server: Jetty, with a virtual thread for each request. */
public final class MonitorServer implements AutoCloseable {
  /** On the class path; what is not there is not served. */
  static final String PAGE = "brink/monitor/web/page/";

  private static final int BACKLOG = 64;

  /** Acceptor, selector, and what they hand on to virtual threads. */
  private static final int PLATFORM_THREADS = 8;

  private final Server server;
  private final ServerConnector connector;
  private final ExecutorService executor;
  private final HalfOpenConnections connections;
  private final String host;

  private MonitorServer(HttpSettings http, HttpLimits limits, Routes routes, EventHub events) {
    this.host = http.host();
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.connections = new HalfOpenConnections(limits.request());
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 2);
    threads.setName("brink-http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(executor);
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1, protocol(limits));
    connector.setHost(http.host());
    connector.setPort(http.port());
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    server.setErrorHandler(MonitorServer::refuse);
    server.setHandler(
        new HttpHandler(
            routes::answer,
            new EventStream(events, limits),
            new HostCheck(http.host(), http.allowedHosts()),
            limits,
            connections));
  }

  /**
   * Serves from now on.
   *
   * @throws IOException if the address cannot be used
   */
  public static MonitorServer start(HttpSettings http, Api api) throws IOException {
    return start(http, HttpLimits.DEFAULT, api, new PageFiles(PAGE));
  }

  static MonitorServer start(HttpSettings http, HttpLimits limits, Api api, PageFiles page)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(http.host(), http.port());
    if (address.isUnresolved()) {
      throw new IOException("unknown host " + http.host());
    }
    MonitorServer server =
        new MonitorServer(http, limits, new Routes(api, page, http.readOnly()), api.events());
    try {
      server.listen(address);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Where the server is. */
  public URI uri() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + connector.getLocalPort() + "/");
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    } finally {
      connections.close();
      executor.shutdownNow();
    }
  }

  private void listen(InetSocketAddress address) throws IOException {
    try {
      connector.open();
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot serve at %s:%d (%s); use another --http-port"
              .formatted(address.getHostString(), address.getPort(), cause.getMessage()),
          e);
    }
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot serve: " + e.getMessage(), e);
    }
  }

  private static HttpConnectionFactory protocol(HttpLimits limits) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(limits.headerBytes());
    // A run's id may have any character; routes split the path before they decode it.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return new HttpConnectionFactory(configuration);
  }

  /** Requests that Jetty cannot read. */
  private static boolean refuse(Request request, Response response, Callback callback) {
    HttpReply.addCommon(response.getHeaders());
    HttpReply.send(
        request,
        response,
        Reply.error(
            response.getStatus(), "the request cannot be read as HTTP, or is too large for it"),
        callback);
    return true;
  }
}
