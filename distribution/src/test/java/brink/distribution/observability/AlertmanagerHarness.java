package brink.distribution.observability;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real Alertmanager on the project's own configuration, which tells a {@link WebHook}, and does
 * so without the patience that people have.
 */
final class AlertmanagerHarness implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FILE = "grafana/alertmanager/alertmanager.yml";

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;

  private AlertmanagerHarness(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param alertmanager the program
   * @param folder for configuration, data and log
   */
  static AlertmanagerHarness start(Path alertmanager, WebHook hook, String port, Path folder)
      throws IOException {
    Path configuration = folder.resolve("alertmanager.yml");
    Files.writeString(
        configuration,
        Repository.read(FILE)
            .replace("http://localhost:9095/brink", hook.uri().toString())
            .replaceAll("group_wait: \\w+", "group_wait: 2s")
            .replaceAll("group_interval: \\w+", "group_interval: 1s"));
    Path log = folder.resolve("alertmanager.log");
    Process process =
        new ProcessBuilder(
                alertmanager.toString(),
                "--config.file=" + configuration,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    AlertmanagerHarness harness =
        new AlertmanagerHarness(process, URI.create("http://127.0.0.1:" + port + "/"));
    try {
      Awaitility.await("Alertmanager, log in " + log)
          .atMost(PATIENCE)
          .failFast("Alertmanager ended, see " + log, () -> !process.isAlive())
          .ignoreExceptionsInstanceOf(UncheckedIOException.class)
          .until(() -> harness.send(harness.request("-/ready").build()) == 200);
      return harness;
    } catch (RuntimeException | Error e) {
      harness.close();
      throw e;
    }
  }

  /** Where Prometheus sends alerts. */
  URI uri() {
    return uri;
  }

  /** Says that an alert fires, as Prometheus would, or that it is over. */
  void say(boolean firing, Map<String, String> labels) {
    JsonObject alert = new JsonObject();
    JsonObject names = new JsonObject();
    labels.forEach(names::addProperty);
    alert.add("labels", names);
    Instant now = Instant.now();
    alert.addProperty("startsAt", now.minusSeconds(60).toString());
    alert.addProperty("endsAt", (firing ? now.plusSeconds(600) : now.minusSeconds(1)).toString());
    JsonArray alerts = new JsonArray();
    alerts.add(alert);
    int status =
        send(
            request("api/v2/alerts")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(alerts.toString()))
                .build());
    if (status != 200) {
      throw new AssertionError("Alertmanager answers " + status);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri.resolve(path)).timeout(PATIENCE);
  }

  private int send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
