package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import com.google.gson.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is below {@code /api/runs}. */
final class RunRoutes {
  private final RunDirectory runs;
  private final SeriesRoutes series;

  RunRoutes(Api api) {
    this.runs = api.runs();
    this.series = new SeriesRoutes(api.series());
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
    if (path.size() > 2) {
      return null;
    }
    RunEntry run = runs.run(path.getFirst());
    if (run == null) {
      return Reply.error(
          404, "no run has the id '%s'; /api/runs lists them".formatted(path.getFirst()));
    }
    if (path.size() == 1) {
      return Reply.json(Json.full(run));
    }
    return path.get(1).equals("regimes")
        ? Reply.json(Json.changes(run.changes()))
        : series.answer(path.get(1), run, Parameters.of(request.query()));
  }

  private Reply all(WebRequest request) {
    Page page = Page.of(Parameters.of(request.query()));
    List<RunEntry> all = runs.runs();
    JsonArray array = new JsonArray();
    page.of(all).forEach(run -> array.add(Json.summary(run)));
    return Reply.json(array).with(page.headers("/api/runs", request.query(), all.size()));
  }
}
