package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import com.google.gson.JsonArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is below {@code /api/runs}. */
final class RunRoutes {
  private final RunDirectory runs;
  private final RunSorting order;
  private final SeriesRoutes series;
  private final NoteRoutes notes;

  RunRoutes(Api api, boolean readOnly) {
    this.runs = api.runs();
    this.order = new RunSorting(api.runs());
    this.series = new SeriesRoutes(api.series());
    this.notes = new NoteRoutes(api.notes(), api.runs(), api.clock(), readOnly);
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
    return path.size() == 1
        ? Reply.json(Json.full(run, runs.vitals(run.runId())))
        : part(request, run, path.get(1));
  }

  private @Nullable Reply part(WebRequest request, RunEntry run, String name) {
    if (request.method().equals("PUT")) {
      return notes.put(request, run);
    }
    return name.equals("regimes")
        ? Reply.json(Json.changes(run.changes()))
        : series.answer(name, run, QueryParameters.of(request.query()));
  }

  private Reply all(WebRequest request) {
    QueryParameters parameters = QueryParameters.of(request.query());
    Page page = Page.of(parameters);
    List<RunEntry> matching =
        order.of(runs.runs().stream().filter(RunFilter.of(parameters)).toList(), parameters);
    JsonArray array = new JsonArray();
    page.of(matching).forEach(run -> array.add(RunSummaries.of(run, runs.vitals(run.runId()))));
    return Reply.json(array).with(page.headers("/api/runs", request.query(), matching.size()));
  }
}
