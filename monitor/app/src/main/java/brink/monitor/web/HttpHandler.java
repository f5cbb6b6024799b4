package brink.monitor.web;

import brink.monitor.log.LimitedLog;
import brink.monitor.text.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Jetty and {@link Routes}: what is refused at the door, and what every answer has. */
final class HttpHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);
  private static final LimitedLog FAILURES = new LimitedLog(LOG);
  private static final int LOGGED_URI = 300;
  private static final String EVENTS = "/api/events";

  private final Function<WebRequest, Reply> routes;
  private final EventStream events;
  private final HostCheck hosts;
  private final HttpLimits limits;
  private final HalfOpenConnections connections;

  HttpHandler(
      Function<WebRequest, Reply> routes,
      EventStream events,
      HostCheck hosts,
      HttpLimits limits,
      HalfOpenConnections connections) {
    this.routes = routes;
    this.events = events;
    this.hosts = hosts;
    this.limits = limits;
    this.connections = connections;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    connections.arrived(connection);
    Callback answered = Callback.from(() -> connections.answered(connection), callback);
    if (isAllowed(request) && isEventStream(request)) {
      events.serve(request, response, answered);
    } else {
      HttpReply.send(request, response, reply(request), answered);
    }
    return true;
  }

  private boolean isAllowed(Request request) {
    return hosts.allows(request.getHeaders().get(HttpHeader.HOST));
  }

  private static boolean isEventStream(Request request) {
    return EVENTS.equals(request.getHttpURI().getPath())
        && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
  }

  private Reply reply(Request request) {
    if (!isAllowed(request)) {
      return Reply.error(
          421,
          "this server does not go by that name; start the monitor with --http-allowed-host NAME"
              + " if it should");
    }
    try {
      String method = request.getMethod().toUpperCase(Locale.ROOT);
      String body = method.equals("PUT") ? body(request) : "";
      return routes.apply(
          new WebRequest(
              method.equals("HEAD") ? "GET" : method,
              request.getHttpURI().getPath(),
              request.getHttpURI().getQuery(),
              request.getHeaders()::get,
              body));
    } catch (BodyTooLargeException e) {
      return Reply.error(413, "the body has more than %,d bytes".formatted(limits.bodyBytes()));
    } catch (CharacterCodingException e) {
      return Reply.error(400, "the body is no UTF-8");
    } catch (IOException e) {
      return Reply.error(408, "the body did not come in time");
    } catch (RuntimeException e) {
      FAILURES.error(
          "requests that failed",
          () -> Excerpt.of(request.getHttpURI().toString(), LOGGED_URI) + " failed",
          e);
      return Reply.error(500, "the monitor failed on this request; its log says why");
    }
  }

  private String body(Request request) throws IOException {
    Connection connection = request.getConnectionMetaData().getConnection();
    Scheduler.Task deadline =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () -> connection.getEndPoint().close(),
                limits.request().toMillis(),
                TimeUnit.MILLISECONDS);
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] bytes = in.readNBytes(limits.bodyBytes() + 1);
      if (bytes.length > limits.bodyBytes()) {
        throw new BodyTooLargeException();
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } finally {
      deadline.cancel();
    }
  }

  private static final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
