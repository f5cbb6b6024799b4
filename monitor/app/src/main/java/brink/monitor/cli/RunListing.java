package brink.monitor.cli;

import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.RunEntry.Status;
import brink.monitor.cli.FittedTable.Column;
import brink.monitor.outcome.OutcomeSentence;
import brink.monitor.outcome.Reading;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.run.RunFold;
import brink.v1.Regime;
import brink.v1.RunStarted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs as a table and a line that sums them up.
 *
 * @param runs in the order of the rows
 */
record RunListing(List<RunEntry> runs) {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("ID", ColumnKind.KEY, 100),
          new Column("NAME", ColumnKind.TEXT, 30),
          new Column("GROUP", ColumnKind.TEXT, 40),
          new Column("PROBLEM", ColumnKind.TEXT, 10),
          new Column("STARTED (UTC)", ColumnKind.TEXT, 20),
          new Column("η", ColumnKind.NUMBER, 60),
          new Column("λ", ColumnKind.NUMBER, 50),
          new Column("STEPS", ColumnKind.NUMBER, 70),
          new Column("STATUS", ColumnKind.TEXT, 80),
          new Column("OUTCOME", ColumnKind.TEXT, 90),
          new Column("s", ColumnKind.NUMBER, 45));

  private static final List<Column> WIDE =
      List.of(
          new Column("λ₁", ColumnKind.NUMBER, 0),
          new Column("EPISODES", ColumnKind.NUMBER, 0),
          new Column("CATAPULTS", ColumnKind.NUMBER, 0),
          new Column("FLOW", ColumnKind.TEXT, 0),
          new Column("FORK OF", ColumnKind.TEXT, 0),
          new Column("DATA", ColumnKind.TEXT, 0),
          new Column("TAGS", ColumnKind.TEXT, 0),
          new Column("IN WORDS", ColumnKind.TEXT, 0));

  private static final Comparator<Regime> FURTHEST_FIRST =
      Comparator.comparingInt(RunOutcome::rank).reversed();

  /** The table, as wide as the terminal allows. */
  List<String> table(int width) {
    return new FittedTable(COLUMNS, runs.stream().map(RunListing::row).toList()).lines(width);
  }

  /** All columns, uncut. */
  List<String> wideTable() {
    List<Column> columns = new ArrayList<>(COLUMNS);
    columns.addAll(WIDE);
    List<List<String>> rows = new ArrayList<>();
    for (RunEntry run : runs) {
      List<String> row = new ArrayList<>(row(run));
      row.addAll(wide(run));
      rows.add(row);
    }
    return new FittedTable(columns, rows).lines(Integer.MAX_VALUE);
  }

  /** For example {@code 40 runs: 31 EDGE, 9 STABLE; 3 running, 0 silent, 2 in trouble}. */
  String summary() {
    Map<Regime, Long> furthest = new TreeMap<>(FURTHEST_FIRST);
    long unknown = 0;
    for (RunEntry run : runs) {
      if (run.outcome().unknown() == null) {
        furthest.merge(run.outcome().furthest(), 1L, Long::sum);
      } else {
        unknown++;
      }
    }
    String reached =
        furthest.entrySet().stream()
            .map(each -> each.getValue() + " " + RegimeSentence.name(each.getKey()))
            .collect(Collectors.joining(", "));
    String open = unknown == 0 ? "" : (reached.isEmpty() ? "" : ", ") + unknown + " not known";
    return "%s: %s%s; %d running, %d silent, %d in trouble (failed or diverged)"
        .formatted(
            runs.size() == 1 ? "1 run" : BriefNumber.of((long) runs.size()) + " runs",
            reached,
            open,
            count(Status.RUNNING),
            count(Status.SILENT),
            count(Status.FAILED) + count(Status.DIVERGED));
  }

  private long count(Status status) {
    return runs.stream().filter(run -> run.status() == status).count();
  }

  private static List<String> row(RunEntry run) {
    RunStarted started = run.started();
    return List.of(
        run.runId(),
        run.name(),
        started == null ? "" : started.getGroup(),
        started == null ? "" : started.getProblem(),
        started == null || !started.hasStartedAt() ? "" : time(started),
        number(started, started != null && started.hasLearningRate(), RunStarted::getLearningRate),
        number(started, started != null && started.hasWeightDecay(), RunStarted::getWeightDecay),
        progress(run),
        run.status().name(),
        BriefOutcome.of(run.outcome()),
        reading(run.outcome().ratio()));
  }

  private static List<String> wide(RunEntry run) {
    RunOutcome outcome = run.outcome();
    RunStarted started = run.started();
    return List.of(
        reading(outcome.sharpness()),
        outcome.reachedEdge() ? Integer.toString(outcome.episodes()) : "",
        outcome.reachedEdge() ? Integer.toString(outcome.catapults()) : "",
        outcome.reachedEdge() ? outcome.flowAnswer().name() : "",
        started == null ? "" : forkOf(started),
        started == null ? "" : DataSize.of(started),
        String.join(",", RunTags.of(run)),
        OutcomeSentence.of(outcome));
  }

  /** For example {@code run-a@4,000}: the run that it forked off, and its own first step. */
  static String forkOf(RunStarted started) {
    return RunFold.isFork(started)
        ? started.getResumedFrom().getRunId()
            + "@"
            + BriefNumber.of(started.getResumedFrom().getStep())
        : "";
  }

  /** Steps taken, of those that were planned while these are more. */
  private static String progress(RunEntry run) {
    Long last = run.lastStep();
    if (last == null) {
      return "";
    }
    String taken = BriefNumber.of(last + 1);
    RunStarted started = run.started();
    long planned = started == null ? 0 : started.getPlannedSteps();
    return planned > last + 1 ? taken + "/" + BriefNumber.of(planned) : taken;
  }

  private static String number(
      @Nullable RunStarted started, boolean known, ToDoubleFunction<RunStarted> value) {
    return started == null || !known ? "" : BriefNumber.of(value.applyAsDouble(started));
  }

  private static String reading(@Nullable Reading reading) {
    return reading == null ? "" : BriefNumber.of(reading.value());
  }

  private static String time(RunStarted started) {
    return Instant.ofEpochSecond(started.getStartedAt().getSeconds())
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", "");
  }
}
