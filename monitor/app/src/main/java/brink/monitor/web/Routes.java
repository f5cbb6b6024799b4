package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which path answers what. Nothing here touches files, so a path can lead nowhere else. */
final class Routes {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final Scrape scrape;
  private final Health health;
  private final RunDirectory runs;

  Routes(Scrape scrape, Health health, RunDirectory runs) {
    this.scrape = scrape;
    this.health = health;
    this.runs = runs;
  }

  /**
   * Answers a request.
   *
   * @param rawPath path as it came, percent-encoded
   * @param query what follows the question mark, percent-encoded; null for nothing
   * @param accept the Accept header; null for none
   */
  Reply answer(String rawPath, @Nullable String query, @Nullable String accept) {
    List<String> segments;
    try {
      segments = segments(rawPath);
    } catch (IllegalArgumentException e) {
      return Reply.error(400, "the path is not percent-encoded correctly");
    }
    return switch (segments.size()) {
      case 0 -> new Reply(200, "text/html; charset=utf-8", IndexPage.HTML);
      case 1 -> segments.getFirst().equals("metrics") ? metrics(accept) : notFound(rawPath);
      case 2 -> two(segments, rawPath, query);
      case 3, 4 -> run(segments, rawPath);
      default -> notFound(rawPath);
    };
  }

  private Reply two(List<String> segments, String rawPath, @Nullable String query) {
    return switch (String.join("/", segments)) {
      case "health/live" -> Reply.json(Json.object(Map.of("status", "live")));
      case "health/ready" -> ready();
      case "api/runs" -> allRuns(query);
      default -> notFound(rawPath);
    };
  }

  private Reply run(List<String> segments, String rawPath) {
    if (!segments.subList(0, 2).equals(List.of("api", "runs"))
        || (segments.size() == 4 && !segments.get(3).equals("regimes"))) {
      return notFound(rawPath);
    }
    RunEntry run = runs.run(segments.get(2));
    if (run == null) {
      return Reply.error(
          404, "no run has the id '%s'; /api/runs lists them".formatted(segments.get(2)));
    }
    return Reply.json(segments.size() == 4 ? Json.changes(run.changes()) : Json.full(run));
  }

  private Reply allRuns(@Nullable String query) {
    Page page;
    try {
      page = Page.of(query);
    } catch (IllegalArgumentException e) {
      return Reply.error(400, String.valueOf(e.getMessage()));
    }
    List<RunEntry> all = runs.runs();
    JsonArray array = new JsonArray();
    page.of(all).forEach(run -> array.add(Json.summary(run)));
    return Reply.json(array).with(paging(page, all.size()));
  }

  /** As RFC 8288 has it, so that a client follows links until there is none. */
  private static Map<String, String> paging(Page page, int total) {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Total-Count", Integer.toString(total));
    Page next = page.next(total);
    if (next != null) {
      headers.put(
          "Link",
          "</api/runs?offset=%d&limit=%d>; rel=\"next\"".formatted(next.offset(), next.limit()));
    }
    return headers;
  }

  private Reply metrics(@Nullable String accept) {
    boolean open = accept != null && accept.contains("application/openmetrics-text");
    String type = open ? OPEN_METRICS : TEXT_FORMAT;
    return new Reply(200, type, scrape.text(type));
  }

  private Reply ready() {
    List<String> reasons = health.reasonsNotReady();
    JsonObject body = new JsonObject();
    body.addProperty("status", reasons.isEmpty() ? "ready" : "not ready");
    JsonArray array = new JsonArray();
    reasons.forEach(array::add);
    body.add("reasons", array);
    return Reply.json(reasons.isEmpty() ? 200 : 503, body);
  }

  private static Reply notFound(String rawPath) {
    return Reply.error(404, "nothing is at %s; / lists what there is".formatted(rawPath));
  }

  /** Split before decoding, so that an encoded slash belongs to the run id. */
  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.split("/", -1)) {
      if (!raw.isEmpty()) {
        // URLDecoder is made for forms, where a plus is a blank.
        segments.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return segments;
  }
}
