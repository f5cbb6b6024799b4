package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import com.google.gson.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is below {@code /api/runs}. */
final class RunRoutes {
  private final RunDirectory runs;

  RunRoutes(RunDirectory runs) {
    this.runs = runs;
  }

  /**
   * Answers a request.
   *
   * @param path what follows /api/runs
   * @return null where nothing is there
   */
  @Nullable Reply answer(WebRequest request, List<String> path) {
    if (path.isEmpty()) {
      return all(request);
    }
    if (path.size() > 2 || (path.size() == 2 && !path.get(1).equals("regimes"))) {
      return null;
    }
    RunEntry run = runs.run(path.getFirst());
    if (run == null) {
      return Reply.error(
          404, "no run has the id '%s'; /api/runs lists them".formatted(path.getFirst()));
    }
    return Reply.json(path.size() == 2 ? Json.changes(run.changes()) : Json.full(run));
  }

  private Reply all(WebRequest request) {
    Page page = Page.of(Parameters.of(request.query()));
    List<RunEntry> all = runs.runs();
    JsonArray array = new JsonArray();
    page.of(all).forEach(run -> array.add(Json.summary(run)));
    return Reply.json(array).with(page.headers("/api/runs", request.query(), all.size()));
  }
}
