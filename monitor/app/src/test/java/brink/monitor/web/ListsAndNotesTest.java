package brink.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.catalogue.RejectedEntry;
import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.Vitals;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.series.MadeUpSource;
import brink.monitor.series.SeriesStore;
import brink.schemas.KafkaSetupException;
import brink.v1.DataDescription;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListsAndNotesTest {
  private final List<RunEntry> runs = new ArrayList<>();
  private final MadeUpApi api = new MadeUpApi();
  private final EventHub events = new EventHub("test");
  private final HttpClient client = HttpClient.newHttpClient();
  private final SeriesStore series;
  private final MonitorServer server;
  private final MonitorServer readOnly;
  private @Nullable RunNote written;

  ListsAndNotesTest(@TempDir Path folder) throws IOException {
    series = MadeUpSource.store(folder, () -> 0);
    api.notes = (_, note) -> written = note;
    server = start(false);
    readOnly = start(true);
    // Newest first, as the catalogue has them.
    runs.add(run("run-3", "Wide net", "study", 0.25, 30, Regime.REGIME_EDGE));
    runs.add(
        run("run-2", "narrow net", "study", 0.5, 20, Regime.REGIME_STABLE)
            .with(RunNote.newBuilder().setName("Best").addTags("keep").setArchived(true).build()));
    runs.add(ended(run("run-1", "first try", "", 0.1, 10, Regime.REGIME_ENDED)));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    readOnly.close();
    series.close();
    events.close();
  }

  @Test
  void runs_byFilters_areThoseThatMatch() throws Exception {
    assertThat(ids("")).containsExactly("run-3", "run-2", "run-1");
    assertThat(ids("q=NET")).containsExactly("run-3", "run-2");
    assertThat(ids("q=device=gpu")).containsExactly("run-3", "run-2", "run-1");
    assertThat(ids("q=best")).containsExactly("run-2");
    assertThat(ids("q=" + encoded("/^run-[13]$/"))).containsExactly("run-3", "run-1");
    assertThat(ids("status=completed")).containsExactly("run-1");
    assertThat(ids("regime=EDGE,REGIME_STABLE")).containsExactly("run-3", "run-2");
    assertThat(ids("group=study&archived=false")).containsExactly("run-3");
    assertThat(ids("group=")).containsExactly("run-1");
    assertThat(ids("archived=true")).containsExactly("run-2");
    HttpResponse<String> page = get(server, "/api/runs?group=study&limit=1");
    assertThat(page.headers().firstValue("X-Total-Count")).contains("2");
    assertThat(page.headers().firstValue("Link"))
        .contains("</api/runs?group=study&offset=1&limit=1>; rel=\"next\"");
  }

  @Test
  void runs_sorted_haveThoseWithoutTheValueLastEitherWay() throws Exception {
    assertThat(ids("sort=learning_rate")).containsExactly("run-2", "run-3", "run-1");
    assertThat(ids("sort=learning_rate&order=asc")).containsExactly("run-1", "run-3", "run-2");
    assertThat(ids("sort=name&order=asc")).containsExactly("run-2", "run-1", "run-3");
    assertThat(ids("order=asc")).containsExactly("run-1", "run-2", "run-3");
    assertThat(ids("sort=stability_ratio&order=asc")).containsExactly("run-3", "run-2", "run-1");
    assertThat(ids("sort=stability_ratio")).containsExactly("run-3", "run-2", "run-1");
    assertThat(ids("sort=group&order=asc")).containsExactly("run-3", "run-2", "run-1");
    assertThat(ids("sort=first_edge_step")).first().isEqualTo("run-3");
  }

  @Test
  void runs_byWhatThereIsNone_are400WithTheChoices() throws Exception {
    for (String query :
        List.of(
            "sort=nope",
            "order=up",
            "status=HAPPY",
            "regime=NOWHERE",
            "archived=maybe",
            "q=" + encoded("/(/"),
            "q=" + "a".repeat(201))) {
      HttpResponse<String> response = get(server, "/api/runs?" + query);
      assertThat(response.statusCode()).as(query).isEqualTo(400);
      assertThat(object(response).get("error").getAsString()).isNotBlank();
    }
    assertThat(object(get(server, "/api/runs?status=X")).get("error").getAsString())
        .contains("RUNNING, SILENT");
  }

  @Test
  void summary_ofARun_hasWhatAListShows() throws Exception {
    JsonObject run = array(get(server, "/api/runs?q=run-3")).get(0).getAsJsonObject();

    assertThat(run.get("stability_ratio").getAsDouble()).isEqualTo(0.99);
    assertThat(run.get("sharpness").getAsDouble()).isEqualTo(42);
    assertThat(run.get("furthest_regime").getAsString()).isEqualTo("REGIME_EDGE");
    assertThat(run.get("first_edge_step").getAsString()).isEqualTo("28");
    assertThat(run.get("planned_steps").getAsString()).isEqualTo("100");
    JsonObject data = run.getAsJsonObject("started").getAsJsonObject("data");
    assertThat(data.get("summary").getAsString()).startsWith("<i>wine</i>.csv");
    assertThat(data.get("train_rows").getAsString()).isEqualTo("5");
    assertThat(data.getAsJsonArray("warnings").get(0).getAsString()).contains("'<b>'");
    assertThat(run.getAsJsonObject("sparkline").getAsJsonArray("stability_ratio")).hasSize(2);
    JsonObject noted = array(get(server, "/api/runs?q=run-2")).get(0).getAsJsonObject();
    assertThat(noted.getAsJsonObject("note").get("name").getAsString()).isEqualTo("Best");
    assertThat(noted.has("sparkline")).isFalse();
  }

  @Test
  void note_thatIsPut_goesToKafkaWhole() throws Exception {
    HttpResponse<String> response =
        put(
            server,
            "{\"name\":\"<b>&\",\"tags\":[\"fig-3\"],\"note\":\"first\\n"
                + "second\",\"archived\":true}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(object(response).getAsJsonObject("note").get("name").getAsString())
        .isEqualTo("<b>&");
    assertThat(written)
        .isEqualTo(
            RunNote.newBuilder()
                .setRunId("run-1")
                .setName("<b>&")
                .addTags("fig-3")
                .setNote("first\nsecond")
                .setArchived(true)
                .setUpdatedAt(Timestamps.fromMillis(MadeUpApi.CLOCK.millis()))
                .build());

    assertThat(put(server, "{\"archived\":false}").statusCode()).isEqualTo(200);
    assertThat(written).isNull();
  }

  @Test
  void note_thatIsNone_is400() throws Exception {
    written = RunNote.getDefaultInstance();
    for (String body :
        List.of(
            "",
            "[]",
            "{",
            "{\"name\":1}",
            "{\"tags\":\"a\"}",
            "{\"tags\":[1]}",
            "{\"archived\":\"yes\"}",
            "{\"name\":\"" + "a".repeat(201) + "\"}",
            "[".repeat(5_000))) {
      assertThat(put(server, body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(put(server, "{\"note\":\"" + "a".repeat(70_000) + "\"}").statusCode())
        .isEqualTo(413);
    assertThat(written).isEqualTo(RunNote.getDefaultInstance());
  }

  @Test
  void note_thatMayNotBeWritten_isRefused() throws Exception {
    assertThat(put(readOnly, "{}").statusCode()).isEqualTo(403);
    HttpRequest.Builder foreign = putRequest(server, "{}").header("Origin", "http://evil.example");
    assertThat(send(foreign).statusCode()).isEqualTo(403);
    HttpRequest.Builder form =
        HttpRequest.newBuilder(uri(server, "/api/runs/run-1/note"))
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("{}"));
    assertThat(send(form).statusCode()).isEqualTo(415);
    HttpRequest.Builder elsewhere =
        HttpRequest.newBuilder(uri(server, "/api/runs/run-1")).PUT(BodyPublishers.ofString("{}"));
    assertThat(send(elsewhere).statusCode()).isEqualTo(405);
    HttpRequest.Builder unknown =
        HttpRequest.newBuilder(uri(server, "/api/runs/none/note"))
            .PUT(BodyPublishers.ofString("{}"));
    assertThat(send(unknown).statusCode()).isEqualTo(404);
  }

  @Test
  void note_thatKafkaDoesNotTake_is503() throws Exception {
    api.notes =
        (_, _) -> {
          throw new KafkaSetupException("no broker");
        };

    HttpResponse<String> response = put(server, "{\"name\":\"a\"}");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(object(response).get("error").getAsString()).isEqualTo("no broker");
  }

  @Test
  void rejected_byRunAndReason_areEscaped() throws Exception {
    reject("run-1", RejectionReason.REJECTION_REASON_INVALID, "loss is \u001b[31m");
    reject("run-2", RejectionReason.REJECTION_REASON_GAP, "steps are missing");

    assertThat(array(get(server, "/api/rejected"))).hasSize(2);
    JsonObject one =
        array(get(server, "/api/rejected?run_id=run-1&reason=invalid")).get(0).getAsJsonObject();
    assertThat(one.get("detail").getAsString()).isEqualTo("loss is \\u001b[31m");
    assertThat(one.get("value").getAsString()).isEqualTo("0102");
    assertThat(one.get("step").getAsString()).isEqualTo("7");
    assertThat(array(get(server, "/api/rejected?run_id=run-1&reason=GAP"))).isEmpty();
    assertThat(get(server, "/api/rejected?reason=NOPE").statusCode()).isEqualTo(400);
    assertThat(get(server, "/api/rejected?limit=1").headers().firstValue("X-Total-Count"))
        .contains("2");
  }

  @Test
  void monitor_always_saysWhatItIs() throws Exception {
    JsonObject info = object(get(readOnly, "/api/monitor"));

    assertThat(info.get("version").getAsString()).isEqualTo("1.2.3");
    assertThat(info.get("read_only").getAsBoolean()).isTrue();
    assertThat(info.get("ready").getAsBoolean()).isTrue();
    assertThat(object(get(server, "/api/monitor")).get("read_only").getAsBoolean()).isFalse();
  }

  private MonitorServer start(boolean withoutNotes) throws IOException {
    return MonitorServer.start(
        new HttpSettings("127.0.0.1", 0, Set.of(), withoutNotes),
        HttpLimits.DEFAULT,
        api.of(new Runs(), series, events),
        new PageFiles("brink/monitor/web/nopage/"));
  }

  private void reject(String runId, RejectionReason reason, String detail) {
    api.rejected.add(
        new RejectedEntry(
            0,
            Rejected.newBuilder()
                .setTopic("brink.steps")
                .setRunId(runId)
                .setReason(reason)
                .setDetail(detail)
                .setStep(7)
                .setKey(ByteString.copyFromUtf8(runId))
                .setValue(ByteString.copyFrom(new byte[] {1, 2}))
                .build(),
            2));
  }

  private List<String> ids(String query) throws Exception {
    List<String> ids = new ArrayList<>();
    for (JsonElement run : array(get(server, "/api/runs?" + query))) {
      ids.add(run.getAsJsonObject().get("run_id").getAsString());
    }
    return ids;
  }

  private HttpResponse<String> get(MonitorServer at, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(at, path)));
  }

  private HttpResponse<String> put(MonitorServer at, String body) throws Exception {
    return send(putRequest(at, body));
  }

  private static HttpRequest.Builder putRequest(MonitorServer at, String body) {
    return HttpRequest.newBuilder(uri(at, "/api/runs/run-1/note"))
        .header("Content-Type", "application/json; charset=utf-8")
        .PUT(BodyPublishers.ofString(body));
  }

  private static URI uri(MonitorServer at, String path) {
    return at.uri().resolve(path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonArray array(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonArray();
  }

  private static JsonObject object(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private static RunEntry run(
      String id, String name, String group, double rate, long step, Regime regime) {
    RunStarted started =
        RunStarted.newBuilder()
            .setRunId(id)
            .setName(name)
            .setGroup(group)
            .putTags("device", "gpu")
            .setLearningRate(rate)
            .setPlannedSteps(100)
            .setData(
                DataDescription.newBuilder()
                    .setSummary("<i>wine</i>.csv: 5 rows to train on")
                    .addFiles("<i>wine</i>.csv")
                    .setTrainRows(5)
                    .addWarnings("label '<b>' occurs once"))
            .setStartedAt(Timestamps.fromSeconds(step))
            .build();
    RegimeChanged change =
        RegimeChanged.newBuilder()
            .setRunId(id)
            .setTo(regime)
            .setDetectedAtStep(step)
            .setOnsetStep(step - 2)
            .build();
    return new RunEntry(
        id,
        started,
        null,
        List.of(change),
        null,
        RunOutcome.of(started, List.of(change), List.of()),
        step,
        Instant.EPOCH);
  }

  private static RunEntry ended(RunEntry run) {
    RunEnded end = RunEnded.newBuilder().setStatus(RunStatus.RUN_STATUS_COMPLETED).build();
    return new RunEntry(
        run.runId(),
        run.started(),
        end,
        run.changes(),
        null,
        run.outcome(),
        run.lastStep(),
        run.updatedAt());
  }

  private final class Runs implements RunDirectory {
    @Override
    public List<RunEntry> runs() {
      return runs;
    }

    @Override
    public @Nullable RunEntry run(String runId) {
      return runs.stream().filter(run -> run.runId().equals(runId)).findFirst().orElse(null);
    }

    @Override
    public @Nullable Vitals vitals(String runId) {
      return runId.equals("run-3") ? new Vitals(0.99, 42.0, 0, 30, List.of(0.5, 0.99)) : null;
    }
  }
}
