package brink.monitor.cli;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.EdgeEntry;
import brink.v1.RunStarted;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Orders of a list of runs; what is not known comes last. */
enum RunOrder {
  /** Newest first, as they come. */
  started,
  /** Of which something was heard last, first. */
  updated,
  id,
  name,
  group,
  lr,
  wd,
  status,
  /** By the step of the first entry. */
  edge,
  steps;

  List<RunEntry> of(List<RunEntry> newestFirst) {
    return newestFirst.stream().sorted(comparator()).toList();
  }

  private Comparator<RunEntry> comparator() {
    return switch (this) {
      case started -> (_, _) -> 0;
      case updated -> Comparator.comparing(RunEntry::updatedAt).reversed();
      case id -> Comparator.comparing(RunEntry::runId);
      case name -> by(run -> text(run, RunStarted::getName));
      case group -> by(run -> text(run, RunStarted::getGroup));
      case lr -> by(run -> number(run, RunStarted::hasLearningRate, RunStarted::getLearningRate));
      case wd -> by(run -> number(run, RunStarted::hasWeightDecay, RunStarted::getWeightDecay));
      case status -> Comparator.comparing(RunEntry::status);
      case edge -> by(RunOrder::edgeStep);
      case steps -> by(RunEntry::lastStep);
    };
  }

  private static <T extends Comparable<T>> Comparator<RunEntry> by(
      Function<RunEntry, @Nullable T> value) {
    return (a, b) -> {
      T left = value.apply(a);
      T right = value.apply(b);
      if (left == null || right == null) {
        return left == right ? 0 : left == null ? 1 : -1;
      }
      return left.compareTo(right);
    };
  }

  private static @Nullable Long edgeStep(RunEntry run) {
    EdgeEntry edge = run.outcome().edge();
    return edge == null ? null : (Long) edge.best();
  }

  private static @Nullable String text(RunEntry run, Function<RunStarted, String> value) {
    RunStarted started = run.started();
    String text = started == null ? "" : value.apply(started);
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Double number(
      RunEntry run, Function<RunStarted, Boolean> known, Function<RunStarted, Double> value) {
    RunStarted started = run.started();
    return started != null && known.apply(started) ? value.apply(started) : null;
  }
}
