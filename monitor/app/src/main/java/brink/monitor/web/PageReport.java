package brink.monitor.web;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.series.SeriesStore;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Runs as one HTML file: the page, and with it what it would ask a monitor for. The page makes the
 * same file of what it shows; {@code src/api/recorded.ts} of {@code monitor/page} reads it.
 */
public final class PageReport {
  /** What stands in the page's template for the data. */
  private static final String PLACEHOLDER = "__BRINK_DATA__";

  /** Changes when a page that knows this format could not read another. */
  private static final int FORMAT = 1;

  private static final int POINTS = 2_000;
  private static final int FORECASTS = 200;
  private static final int FIELDS_AT_ONCE = 60;

  /** A million steps are read in some seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final List<String> ALWAYS = List.of("flow_time", "observed_at");

  private final SeriesStore store;
  private final SeriesRoutes routes;

  /** Reports of runs in this store. */
  public PageReport(SeriesStore store) {
    this.store = store;
    this.routes = new SeriesRoutes(store);
  }

  /**
   * The file's text.
   *
   * @param runs one of them, or several to compare
   * @throws IOException if a run could not be read to its end
   */
  public String html(List<RunEntry> runs, String version, Instant madeAt) throws IOException {
    JsonObject recorded = new JsonObject();
    for (RunEntry run : runs) {
      recorded.add(run.runId(), recorded(run));
    }
    JsonObject document = new JsonObject();
    document.addProperty("format", FORMAT);
    document.addProperty("made_at", madeAt.toString());
    document.addProperty("version", version);
    document.addProperty("hash", hash(runs));
    document.add("runs", recorded);
    // Gson writes every < as an escape, so that no text can end the element that this stands in.
    return template().replace(PLACEHOLDER, new Gson().toJson(document));
  }

  private JsonObject recorded(RunEntry run) throws IOException {
    if (!store.read(run, PATIENCE).complete()) {
      throw new IOException(
          "run %s could not be read within %d minutes"
              .formatted(run.runId(), PATIENCE.toMinutes()));
    }
    JsonObject fields = answer("fields", run, "");
    List<String> names = new ArrayList<>(ALWAYS);
    fields
        .getAsJsonArray("fields")
        .forEach(field -> names.add(field.getAsJsonObject().get("name").getAsString()));
    JsonObject recorded = new JsonObject();
    recorded.add("run", Json.full(run, null));
    recorded.add("fields", fields);
    recorded.add("series", series(run, names.stream().distinct().toList()));
    recorded.add("forecasts", answer("forecasts", run, "points=" + FORECASTS));
    return recorded;
  }

  private JsonObject series(RunEntry run, List<String> names) {
    JsonObject all = new JsonObject();
    JsonObject series = new JsonObject();
    for (int from = 0; from < names.size(); from += FIELDS_AT_ONCE) {
      String part =
          names.subList(from, Math.min(names.size(), from + FIELDS_AT_ONCE)).stream()
              .map(PageReport::encoded)
              .collect(Collectors.joining(","));
      all = answer("series", run, "x=step&points=" + POINTS + "&fields=" + part);
      all.getAsJsonObject("series").asMap().forEach(series::add);
    }
    all.add("series", series);
    return all;
  }

  private JsonObject answer(String name, RunEntry run, String query) {
    Reply reply = Objects.requireNonNull(routes.answer(name, run, QueryParameters.of(query)), name);
    JsonElement body = JsonParser.parseString(new String(reply.body(), StandardCharsets.UTF_8));
    return body.getAsJsonObject();
  }

  private static String hash(List<RunEntry> runs) {
    return runs.size() == 1
        ? "#/runs/" + encoded(runs.getFirst().runId())
        // Encoded once for the list, and once for the query.
        : "#/compare?runs="
            + runs.stream()
                .map(run -> encoded(encoded(run.runId())))
                .collect(Collectors.joining(","));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String template() throws IOException {
    try (var in = PageReport.class.getResourceAsStream("page/report.html")) {
      if (in == null) {
        throw new IOException("the page was left out of this build of Brink");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
