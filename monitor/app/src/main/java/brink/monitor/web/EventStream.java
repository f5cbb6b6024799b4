package brink.monitor.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/events}: server-sent events, each client on a virtual thread of its own. */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  private final EventHub hub;
  private final HttpLimits limits;
  private final Semaphore places;

  EventStream(EventHub hub, HttpLimits limits) {
    this.hub = hub;
    this.limits = limits;
    this.places = new Semaphore(limits.eventStreams());
  }

  /** Streams until the client goes, or does not read for too long. */
  void serve(Request request, Response response, Callback callback) {
    Set<String> runs;
    try {
      runs = new HashSet<>(QueryParameters.of(request.getHttpURI().getQuery()).texts("run_id"));
    } catch (ParameterException e) {
      HttpReply.send(request, response, Reply.error(400, String.valueOf(e.getMessage())), callback);
      return;
    }
    if (!places.tryAcquire()) {
      Reply full = Reply.error(503, "%d pages listen already".formatted(limits.eventStreams()));
      HttpReply.send(request, response, full, callback);
      return;
    }
    try {
      stream(request, response, runs);
      callback.succeeded();
    } catch (IOException e) {
      LOG.debug("a listener went away", e);
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } finally {
      places.release();
    }
  }

  private void stream(Request request, Response response, Set<String> runs)
      throws IOException, InterruptedException {
    HttpFields.Mutable headers = response.getHeaders();
    HttpReply.addCommon(headers);
    headers.put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    // nginx would keep events back until it has a buffer of them.
    headers.put("X-Accel-Buffering", "no");
    EventHub.Listener listener = hub.listen(request.getHeaders().get("Last-Event-ID"));
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      send(out, "retry: 1000\n\n");
      List<Event> events = listener.await(limits.heartbeat());
      while (events != null) {
        send(out, text(events, runs));
        events = listener.await(limits.heartbeat());
      }
    }
  }

  private String text(List<Event> events, Set<String> runs) {
    StringBuilder text = new StringBuilder();
    for (Event event : events) {
      if (runs.isEmpty() || event.runId().isEmpty() || runs.contains(event.runId())) {
        text.append("id: ").append(hub.id(event)).append("\nevent: ").append(event.type());
        text.append("\ndata: ").append(event.data()).append("\n\n");
      }
    }
    return text.isEmpty() ? ": heartbeat\n\n" : text.toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
