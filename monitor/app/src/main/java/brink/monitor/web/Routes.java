package brink.monitor.web;

import brink.schemas.KafkaSetupException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which path answers what. Nothing here touches files, so a path can lead nowhere else. */
final class Routes {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  /** Views of the page that have an address of their own. */
  private static final Set<String> VIEWS = Set.of("runs", "compare", "rejected", "sweep");

  private final MonitorInfo info;
  private final Scrape scrape;
  private final Health health;
  private final RunRoutes runs;
  private final RejectedRoutes rejected;
  private final PageFiles page;
  private final boolean readOnly;

  Routes(Api api, PageFiles page, boolean readOnly) {
    this.info = api.info();
    this.scrape = api.scrape();
    this.health = api.health();
    this.runs = new RunRoutes(api, readOnly);
    this.rejected = new RejectedRoutes(api.rejected());
    this.page = page;
    this.readOnly = readOnly;
  }

  /** Answers a request. */
  Reply answer(WebRequest request) {
    try {
      return answer(request, segments(request.rawPath()));
    } catch (ParameterException e) {
      return Reply.error(400, String.valueOf(e.getMessage()));
    } catch (KafkaSetupException e) {
      return Reply.error(503, String.valueOf(e.getMessage()));
    }
  }

  private Reply answer(WebRequest request, List<String> path) {
    if (!request.method().equals("GET") && !isNote(request.method(), path)) {
      return Reply.error(405, "only GET and HEAD are served here")
          .with(Map.of("Allow", "GET, HEAD"));
    }
    if (path.isEmpty()) {
      Reply built = page.index();
      return built == null ? plainIndex() : built;
    }
    Reply reply =
        switch (path.getFirst()) {
          case "metrics" -> path.size() == 1 ? metrics(request.header("Accept")) : null;
          case "health" -> path.size() == 2 ? health(path.get(1)) : null;
          case "api" -> api(request, path.subList(1, path.size()));
          case "assets" -> path.size() == 2 ? page.asset(path.get(1)) : null;
          default -> view(path);
        };
    return reply == null ? notFound(request) : reply;
  }

  /** The only address that takes anything. */
  private static boolean isNote(String method, List<String> path) {
    return method.equals("PUT")
        && path.size() == 4
        && path.subList(0, 2).equals(List.of("api", "runs"))
        && path.get(3).equals("note");
  }

  private @Nullable Reply api(WebRequest request, List<String> path) {
    if (path.isEmpty()) {
      return plainIndex();
    }
    Reply reply =
        switch (path.getFirst()) {
          case "runs" -> runs.answer(request, path.subList(1, path.size()));
          case "rejected" -> path.size() == 1 ? rejected.answer(request) : null;
          case "monitor" -> path.size() == 1 ? monitor() : null;
          default -> null;
        };
    return reply == null || reply.status() != 200 ? reply : revalidated(reply);
  }

  private @Nullable Reply view(List<String> path) {
    return VIEWS.contains(path.getFirst())
        ? page.index()
        : path.size() == 1 ? page.beside(path.getFirst()) : null;
  }

  /** Kept by the client, but asked about each time: it is 304 while nothing changed. */
  private static Reply revalidated(Reply reply) {
    return reply.with(
        Map.of("ETag", EntityTag.of(reply.body()), "Cache-Control", "private, no-cache"));
  }

  private static Reply plainIndex() {
    return new Reply(200, "text/html; charset=utf-8", IndexPage.HTML);
  }

  private Reply metrics(@Nullable String accept) {
    boolean open = accept != null && accept.contains("application/openmetrics-text");
    String type = open ? OPEN_METRICS : TEXT_FORMAT;
    return new Reply(200, type, scrape.text(type));
  }

  private @Nullable Reply health(String kind) {
    return switch (kind) {
      case "live" -> Reply.json(Json.object(Map.of("status", "live")));
      case "ready" -> ready();
      default -> null;
    };
  }

  private Reply monitor() {
    JsonObject body = new JsonObject();
    body.addProperty("version", info.version());
    body.addProperty("application_id", info.applicationId());
    body.addProperty("started_at", info.startedAt().toString());
    body.addProperty("read_only", readOnly);
    addReasons(body);
    body.addProperty("ready", body.getAsJsonArray("reasons").isEmpty());
    return Reply.json(body);
  }

  private void addReasons(JsonObject body) {
    JsonArray array = new JsonArray();
    health.reasonsNotReady().forEach(array::add);
    body.add("reasons", array);
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

  private static Reply notFound(WebRequest request) {
    return Reply.error(
        404, "nothing is at %s; /api lists what there is".formatted(request.rawPath()));
  }

  /** Split before decoding, so that an encoded slash belongs to the run id. */
  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.split("/", -1)) {
      if (!raw.isEmpty()) {
        try {
          // URLDecoder is made for forms, where a plus is a blank.
          segments.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw new ParameterException("the path is not percent-encoded correctly");
        }
      }
    }
    return segments;
  }
}
