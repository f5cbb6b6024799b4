package brink.distribution.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real Prometheus on the project's own configuration and rules, which scrapes one given target
 * every second.
 */
final class PrometheusHarness implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final HttpClient http;
  private final URI api;

  private PrometheusHarness(Process process, HttpClient http, URI api) {
    this.process = process;
    this.http = http;
    this.api = api;
  }

  /**
   * Starts Prometheus and waits until it has scraped the target.
   *
   * @param prometheus the program
   * @param target address of a metrics page
   * @param folder an empty folder for configuration, data and log
   */
  static PrometheusHarness start(Path prometheus, URI target, Path folder) throws IOException {
    return start(prometheus, configuration(target), folder);
  }

  /**
   * The same, with somebody to send alerts to.
   *
   * @param alertmanager its address
   */
  static PrometheusHarness start(Path prometheus, URI target, URI alertmanager, Path folder)
      throws IOException {
    String configuration =
        configuration(target).replace("alertmanager:9093", alertmanager.getAuthority());
    return start(prometheus, configuration, folder);
  }

  private static PrometheusHarness start(Path prometheus, String configuration, Path folder)
      throws IOException {
    int port = freePort();
    Files.createDirectories(folder.resolve("rules"));
    Files.writeString(folder.resolve("rules/brink.yml"), Repository.read(Rules.FILE));
    Files.writeString(folder.resolve("prometheus.yml"), configuration);
    Process process =
        new ProcessBuilder(
                prometheus.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
    PrometheusHarness harness = new PrometheusHarness(process, HttpClient.newHttpClient(), api);
    try {
      harness.awaitScrape(folder.resolve("prometheus.log"));
    } catch (RuntimeException | Error e) {
      harness.close();
      throw e;
    }
    return harness;
  }

  /**
   * The instant vector that an expression has now.
   *
   * @throws IllegalArgumentException if Prometheus refuses the expression, with its reason
   */
  List<Sample> query(String promQl) {
    JsonObject answer = get("query?query=" + URLEncoder.encode(promQl, UTF_8));
    if (!Dashboard.text(answer, "status").equals("success")) {
      throw new IllegalArgumentException(Dashboard.text(answer, "error"));
    }
    return Dashboard.objects(answer.getAsJsonObject("data").getAsJsonArray("result"))
        .map(Sample::of)
        .toList();
  }

  /** Every rule with its state, as Prometheus reports it. */
  List<JsonObject> rules() {
    return Dashboard.objects(get("rules").getAsJsonObject("data").getAsJsonArray("groups"))
        .flatMap(group -> Dashboard.objects(group.getAsJsonArray("rules")))
        .toList();
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

  private void awaitScrape(Path log) {
    Awaitility.await("a scrape by Prometheus, log in " + log)
        .atMost(PATIENCE)
        .failFast("Prometheus ended, see " + log, () -> !process.isAlive())
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> query("up{job=\"brink\"} == 1").size() == 1);
  }

  private JsonObject get(String path) {
    HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE).build();
    try {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.startsWith("{") ? JsonParser.parseString(body).getAsJsonObject() : notReady(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonObject notReady(String body) {
    throw new UncheckedIOException(new IOException(body));
  }

  private static String configuration(URI target) {
    String file = Repository.read("grafana/prometheus/prometheus.yml");
    return file.replace("monitor:9404", target.getAuthority())
        .replaceAll("scrape_interval: \\w+", "scrape_interval: 1s")
        .replaceAll("evaluation_interval: \\w+", "evaluation_interval: 1s");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
