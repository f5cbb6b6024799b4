package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.EdgeEntry;
import brink.monitor.outcome.RunOutcome;
import brink.v1.RunStarted;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In which order a list of runs is. Runs that lack the value come last either way. */
final class RunSorting {
  private static final String NEWEST = "started_at";

  private final RunDirectory directory;
  private final Map<String, Function<RunEntry, @Nullable Object>> keys = new LinkedHashMap<>();

  RunSorting(RunDirectory directory) {
    this.directory = directory;
    keys.put(NEWEST, run -> started(run, RunSorting::startedAt));
    keys.put("updated_at", RunEntry::updatedAt);
    keys.put("run_id", run -> run.runId().toLowerCase(Locale.ROOT));
    keys.put("name", RunSorting::name);
    keys.put("group", run -> text(started(run, RunStarted::getGroup)));
    keys.put("problem", run -> text(started(run, RunStarted::getProblem)));
    keys.put("status", RunEntry::status);
    keys.put("regime", RunEntry::regime);
    keys.put("furthest_regime", run -> RunOutcome.rank(run.outcome().furthest()));
    keys.put("last_step", RunEntry::lastStep);
    keys.put(
        "planned_steps",
        run -> started(run, s -> s.hasPlannedSteps() ? s.getPlannedSteps() : null));
    keys.put(
        "learning_rate",
        run -> started(run, s -> s.hasLearningRate() ? s.getLearningRate() : null));
    keys.put(
        "weight_decay", run -> started(run, s -> s.hasWeightDecay() ? s.getWeightDecay() : null));
    keys.put(
        "stability_ratio",
        run -> RunSummaries.stabilityRatio(run, this.directory.vitals(run.runId())));
    keys.put("sharpness", run -> RunSummaries.sharpness(run, this.directory.vitals(run.runId())));
    keys.put("first_edge_step", RunSorting::firstEdgeStep);
  }

  /**
   * These runs as the parameters want them.
   *
   * @param newestFirst the runs, newest first
   */
  List<RunEntry> of(List<RunEntry> newestFirst, QueryParameters parameters) {
    String sort = parameters.word("sort", NEWEST, List.copyOf(keys.keySet()));
    boolean descending = parameters.word("order", "desc", List.of("asc", "desc")).equals("desc");
    if (sort.equals(NEWEST) && descending) {
      return newestFirst;
    }
    Function<RunEntry, @Nullable Object> key = keys.getOrDefault(sort, RunEntry::updatedAt);
    List<Keyed> keyed = new ArrayList<>();
    List<RunEntry> without = new ArrayList<>();
    for (RunEntry run : newestFirst) {
      Object value = key.apply(run);
      if (value == null) {
        without.add(run);
      } else {
        keyed.add(new Keyed(value, run));
      }
    }
    keyed.sort(descending ? Keyed.ASCENDING.reversed() : Keyed.ASCENDING);
    List<RunEntry> sorted = new ArrayList<>(newestFirst.size());
    keyed.forEach(each -> sorted.add(each.run));
    sorted.addAll(without);
    return sorted;
  }

  private static @Nullable Object firstEdgeStep(RunEntry run) {
    EdgeEntry edge = run.outcome().edge();
    return edge == null ? null : edge.best();
  }

  private static @Nullable Object startedAt(RunStarted started) {
    return started.hasStartedAt() ? Timestamps.toMillis(started.getStartedAt()) : null;
  }

  private static @Nullable Object name(RunEntry run) {
    boolean renamed = run.note() != null && !run.note().getName().isEmpty();
    return text(
        renamed && run.note() != null ? run.note().getName() : started(run, RunStarted::getName));
  }

  private static @Nullable Object text(@Nullable Object text) {
    return text == null || text.toString().isEmpty()
        ? null
        : text.toString().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Object started(
      RunEntry run, Function<RunStarted, @Nullable Object> value) {
    return run.started() == null ? null : value.apply(run.started());
  }

  /** A run with a value of the kind that all of one list have. */
  private record Keyed(Object key, RunEntry run) {
    @SuppressWarnings("unchecked") // the keys of one list come from one function
    static final Comparator<Keyed> ASCENDING =
        (a, b) -> ((Comparable<Object>) a.key).compareTo(b.key);
  }
}
