package brink.distribution.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what Alertmanager sends, as a person's messenger would. */
final class WebHook implements AutoCloseable {
  private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  WebHook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/brink");
  }

  /** One alert of a message. */
  record Told(String status, String name, String run, JsonObject annotations) {}

  /** Everything that was told, in the order of the messages. */
  List<Told> told() {
    return messages.stream()
        .flatMap(message -> Dashboard.objects(message.getAsJsonArray("alerts")))
        .map(
            alert -> {
              JsonObject labels = alert.getAsJsonObject("labels");
              return new Told(
                  Dashboard.text(alert, "status"),
                  Dashboard.text(labels, "alertname"),
                  Dashboard.text(labels, "run"),
                  alert.getAsJsonObject("annotations"));
            })
        .toList();
  }

  /** Whether an alert was told with this status, {@code firing} or {@code resolved}. */
  boolean wasTold(String status, String name) {
    return told().stream().anyMatch(t -> t.status().equals(status) && t.name().equals(name));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    messages.add(JsonParser.parseString(body).getAsJsonObject());
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }
}
