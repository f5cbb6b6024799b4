package brink.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.series.MadeUpSource;
import brink.monitor.series.SeriesStore;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorServerTest {
  private static final String ODD_ID = "a/b c+d%";

  private final List<String> reasons = new ArrayList<>();
  private int more;
  private final HttpClient client = HttpClient.newHttpClient();
  private final MonitorServer server;

  private final SeriesStore series;
  private final EventHub events = new EventHub("test");

  MonitorServerTest(@TempDir Path folder) throws IOException {
    series = MadeUpSource.store(folder, () -> 5_000);
    server =
        MonitorServer.start(
            HttpSettings.at("127.0.0.1", 0),
            HttpLimits.DEFAULT,
            api(),
            new PageFiles("brink/monitor/web/nopage/"));
  }

  private Api api() {
    MadeUpApi api = new MadeUpApi();
    api.scrape = type -> ("metrics as " + type + "\n").repeat(100);
    api.health = () -> reasons;
    return api.of(new Runs(), series, events);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    series.close();
    events.close();
  }

  @Test
  void server_byDefault_isBoundToLoopback() throws Exception {
    assertThat(InetAddress.getByName(server.uri().getHost()).isLoopbackAddress()).isTrue();
  }

  @Test
  void index_always_listsTheEndpoints() throws Exception {
    assertThat(get("/").body()).contains("/metrics", "/api/runs", "/health/ready");
  }

  @Test
  void metrics_byAccept_areTextOrOpenMetrics() throws Exception {
    assertThat(get("/metrics").body()).contains("text/plain; version=0.0.4");
    HttpResponse<String> open =
        send(
            request("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));
    assertThat(open.body()).contains("application/openmetrics-text; version=1.0.0");
    assertThat(type(open)).startsWith("application/openmetrics-text");
  }

  @Test
  void metrics_whereGzipIsAccepted_areCompressed() throws Exception {
    HttpRequest request = request("/metrics").header("Accept-Encoding", "gzip").build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(response.headers().firstValue("Vary")).contains("Accept-Encoding");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(get("/metrics").body());
    }
    assertThat(get("/metrics").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void ready_withReasons_is503AndNamesThem() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    reasons.add("no broker");
    HttpResponse<String> response = get("/health/ready");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(object(response).getAsJsonArray("reasons").get(0).getAsString())
        .isEqualTo("no broker");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void runs_always_areListedInShort() throws Exception {
    JsonArray runs = JsonParser.parseString(get("/api/runs").body()).getAsJsonArray();

    assertThat(runs).hasSize(1);
    JsonObject run = runs.get(0).getAsJsonObject();
    assertThat(run.get("run_id").getAsString()).isEqualTo(ODD_ID);
    assertThat(run.get("regime").getAsString()).isEqualTo("REGIME_EDGE");
    assertThat(run.get("last_step").getAsString()).isEqualTo("340");
    assertThat(run.getAsJsonObject("started").get("learning_rate").getAsDouble()).isEqualTo(0.5);
    assertThat(run.has("regime_changes")).isFalse();
    JsonObject outcome = run.getAsJsonObject("outcome");
    assertThat(outcome.get("known").getAsBoolean()).isTrue();
    assertThat(outcome.get("furthest").getAsString()).isEqualTo("REGIME_EDGE");
    assertThat(outcome.getAsJsonObject("edge").get("step").getAsString()).isEqualTo("338");
    assertThat(outcome.get("flow").getAsString()).isEqualTo("NOT_TESTED");
    assertThat(outcome.get("sentence").getAsString()).startsWith("entered the edge at step 338");
  }

  @Test
  void runs_moreThanAPage_areInPagesThatLinkToTheNext() throws Exception {
    more = 250;
    HttpResponse<String> first = get("/api/runs");
    assertThat(array(first)).hasSize(100);
    assertThat(first.headers().firstValue("X-Total-Count")).contains("251");
    assertThat(first.headers().firstValue("Link"))
        .contains("</api/runs?offset=100&limit=100>; rel=\"next\"");

    HttpResponse<String> last = get("/api/runs?offset=200&limit=100");
    assertThat(array(last)).hasSize(51);
    assertThat(last.headers().firstValue("Link")).isEmpty();
    assertThat(array(get("/api/runs?limit=1000"))).hasSize(251);
    assertThat(array(get("/api/runs?offset=7&limit=1")).get(0)).isEqualTo(array(first).get(7));
    assertThat(array(get("/api/runs?offset=2147483647&other=x"))).isEmpty();
  }

  @Test
  void runs_ofAPageThatCannotBe_are400WithTheBounds() throws Exception {
    for (String query :
        List.of("limit=0", "limit=1001", "limit=x", "offset=-1", "offset=", "limit")) {
      HttpResponse<String> response = get("/api/runs?" + query);
      assertThat(response.statusCode()).as(query).isEqualTo(400);
      assertThat(object(response).get("error").getAsString()).contains("is a whole number from");
    }
  }

  @Test
  void run_withOddId_isFoundPercentEncoded() throws Exception {
    HttpResponse<String> response = get("/api/runs/a%2Fb%20c+d%25");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(object(response).getAsJsonArray("regime_changes")).hasSize(1);
    assertThat(get("/api/runs/a%2Fb%20c+d%25/regimes").body())
        .contains("\"detected_at_step\":\"340\"");
  }

  @Test
  void path_unknown_is404InJson() throws Exception {
    for (String path :
        List.of(
            "/nope",
            "/api/runs/none",
            "/api/runs/a/b/c",
            "/metrics/x",
            "/api/runs/..%2F..%2Fetc")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(object(response).has("error")).isTrue();
    }
  }

  @Test
  void method_otherThanGetAndHead_is405() throws Exception {
    HttpResponse<String> response =
        send(request("/api/runs").POST(HttpRequest.BodyPublishers.ofString("x")));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void head_always_hasTheLengthAndNoBody() throws Exception {
    HttpResponse<String> head =
        send(request("/api/runs").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(get("/api/runs").body().length());
  }

  @Test
  void series_ofARun_areDrawnWithinTheirPoints() throws Exception {
    JsonObject body =
        object(
            get(
                "/api/runs/a%2Fb%20c+d%25/series?fields=loss,test_accuracy,nope&points=100&from=10"));

    assertThat(body.get("complete").getAsBoolean()).isTrue();
    assertThat(body.get("last_step").getAsString()).isEqualTo("4999");
    assertThat(body.get("x").getAsString()).isEqualTo("step");
    assertThat(body.get("from").getAsDouble()).isEqualTo(10);
    assertThat(body.get("to").getAsDouble()).isEqualTo(4_999);
    JsonObject all = body.getAsJsonObject("series");
    assertThat(all.keySet()).containsExactly("loss", "test_accuracy");
    JsonObject loss = all.getAsJsonObject("loss");
    assertThat(loss.get("raw").getAsBoolean()).isFalse();
    assertThat(loss.get("count").getAsInt()).isEqualTo(4_990);
    assertThat(loss.getAsJsonArray("x")).hasSizeLessThanOrEqualTo(101);
    assertThat(loss.getAsJsonArray("y").get(0).getAsDouble()).isEqualTo(1.0 / 10);
  }

  @Test
  void fields_ofARun_areNamedWithTheirKind() throws Exception {
    JsonObject body = object(get("/api/runs/a%2Fb%20c+d%25/fields"));

    assertThat(body.getAsJsonArray("fields").toString())
        .contains(
            "{\"name\":\"loss\",\"kind\":\"step\",\"label\":\"training loss\",\"unit\":\"\","
                + "\"count\":5000");
  }

  @Test
  void series_ofParametersThatCannotBe_are400() throws Exception {
    for (String query :
        List.of(
            "points=1",
            "points=20001",
            "x=nope",
            "from=x",
            "from=NaN",
            "to=Infinity",
            "from=2&to=1",
            "scale=x",
            "points=20000&fields=" + "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z",
            manyFields())) {
      HttpResponse<String> response = get("/api/runs/a%2Fb%20c+d%25/series?" + query);
      assertThat(response.statusCode()).as(query).isEqualTo(400);
      assertThat(object(response).has("error")).isTrue();
    }
  }

  @Test
  void api_askedAgainWithTheTag_is304WhileNothingChanged() throws Exception {
    HttpResponse<String> first = get("/api/runs");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> same = send(request("/api/runs").header("If-None-Match", tag));
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("ETag")).contains(tag);

    more = 1;
    HttpResponse<String> other = send(request("/api/runs").header("If-None-Match", tag));
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(get("/metrics").headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void answers_always_forbidSniffingAndShowingOldOnes() throws Exception {
    HttpResponse<String> response = get("/api/runs");

    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    // Asked about each time, so that nothing old is shown.
    assertThat(response.headers().firstValue("Cache-Control")).contains("private, no-cache");
    assertThat(get("/metrics").headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(type(response)).isEqualTo("application/json; charset=utf-8");
  }

  private static String manyFields() {
    return "fields="
        + IntStream.range(0, 65).mapToObj(i -> "a" + i).collect(Collectors.joining(","));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.uri().toString().replaceAll("/$", "") + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String type(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private static JsonArray array(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonArray();
  }

  private static JsonObject object(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private final class Runs implements RunDirectory {
    private final RunEntry run =
        new RunEntry(
            ODD_ID,
            RunStarted.newBuilder().setRunId(ODD_ID).setLearningRate(0.5).build(),
            null,
            List.of(
                RegimeChanged.newBuilder()
                    .setRunId(ODD_ID)
                    .setTo(Regime.REGIME_EDGE)
                    .setDetectedAtStep(340)
                    .build()),
            null,
            RunOutcome.NONE.with(
                RegimeChanged.newBuilder()
                    .setTo(Regime.REGIME_EDGE)
                    .setDetectedAtStep(340)
                    .setOnsetStep(338)
                    .build()),
            340L,
            Instant.EPOCH);

    @Override
    public List<RunEntry> runs() {
      List<RunEntry> all = new ArrayList<>(List.of(run));
      for (int i = 0; i < more; i++) {
        all.add(
            new RunEntry(
                "r" + i, null, null, List.of(), null, RunOutcome.NONE, (long) i, Instant.EPOCH));
      }
      return all;
    }

    @Override
    public @Nullable RunEntry run(String runId) {
      return runId.equals(ODD_ID) ? run : null;
    }
  }
}
