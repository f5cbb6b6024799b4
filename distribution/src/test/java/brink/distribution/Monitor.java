package brink.distribution;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A running monitor as its HTTP interface shows it. */
public final class Monitor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI uri;
  private final HttpClient http = HttpClient.newHttpClient();

  /** The monitor that serves at this port, now or later. */
  public Monitor(String port) {
    this.uri = URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Address of a page. */
  public URI page(String path) {
    return uri.resolve(path);
  }

  /** Whether it says that it is ready. */
  public boolean isReady() {
    return get("health/ready").isPresent();
  }

  /** The metrics page; empty while nobody serves it. */
  public String metrics() {
    return get("metrics").orElse("");
  }

  /** What the monitor knows of a run; empty for nothing. */
  public JsonObject run(String runId) {
    return get("api/runs/" + runId)
        .map(body -> JsonParser.parseString(body).getAsJsonObject())
        .orElseGet(JsonObject::new);
  }

  /** Last step of a run; −1 for none. */
  public long lastStep(String runId) {
    JsonObject run = run(runId);
    return run.has("last_step") ? run.get("last_step").getAsLong() : -1;
  }

  /** Whether a run has come to this regime, which is named as in the wire format. */
  public boolean isAt(String runId, String regime) {
    JsonObject run = run(runId);
    return run.has("regime") && run.get("regime").getAsString().equals(regime);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Optional<String> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(page(path)).timeout(PATIENCE).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      // Not up yet, or gone.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
