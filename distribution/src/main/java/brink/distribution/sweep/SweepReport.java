package brink.distribution.sweep;

import brink.cli.Terminal;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.records.LastSteps;
import brink.monitor.records.LastSteps.LastStep;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.trainer.cli.SweepEpilogue;
import brink.trainer.sweep.FinishedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what came of a sweep: a table, a heat map, and where no monitor is at work, that. */
public final class SweepReport implements SweepEpilogue {
  private final InstantSource clock = InstantSource.system();

  @Override
  public void tell(
      KafkaSettings kafka, List<FinishedRun> runs, Presentation presentation, PrintWriter out)
      throws IOException {
    List<String> runIds = runs.stream().map(FinishedRun::runId).filter(Objects::nonNull).toList();
    Map<String, RunEntry> judged = SettledRuns.of(kafka, runIds, presentation.isLeaving(), clock);
    Map<String, LastStep> last = lastSteps(kafka, judged);
    List<SweepRow> rows = new ArrayList<>();
    for (FinishedRun run : runs) {
      rows.add(row(run, judged, last));
    }
    SweepTable table = new SweepTable(rows);
    HeatMap map = HeatMap.of(presentation.measure(), rows);
    table.lines(Terminal.ofThisProcess().columns()).forEach(out::println);
    HeatMapText.lines(map).forEach(out::println);
    if (!judged.isEmpty() && judged.values().stream().allMatch(run -> run.changes().isEmpty())) {
      out.println();
      out.println(
          "No monitor has said anything of these runs; './brink monitor' judges them, now or later,"
              + " and then the same command prints this table again.");
    }
    if (presentation.html() != null) {
      Files.writeString(
          presentation.html(),
          SweepPage.html(runs.getFirst().run().request().publishing().group(), map, table));
      out.println();
      out.println("wrote " + presentation.html());
    }
  }

  private static SweepRow row(
      FinishedRun run, Map<String, RunEntry> judged, Map<String, LastStep> last) {
    @Nullable String runId = run.runId();
    return runId == null
        ? new SweepRow(run, null, null)
        : new SweepRow(run, judged.get(runId), last.get(runId));
  }

  /** Nothing where Kafka has gone: the table then says how the runs ended. */
  private static Map<String, LastStep> lastSteps(
      KafkaSettings kafka, Map<String, RunEntry> judged) {
    try {
      return LastSteps.of(kafka, judged.values());
    } catch (KafkaSetupException e) {
      return Map.of();
    }
  }
}
