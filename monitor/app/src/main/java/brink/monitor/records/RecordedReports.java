package brink.monitor.records;

import brink.monitor.outcome.RunOutcome;
import brink.monitor.report.RunReport;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What recorded runs showed of the edge. */
public final class RecordedReports {
  private RecordedReports() {}

  /**
   * A run and what it showed.
   *
   * @param started how it began
   * @param report in lines
   * @param outcome in numbers
   */
  public record Reported(RunStarted started, RunReport report, RunOutcome outcome) {}

  /**
   * Reads everything that is recorded of some runs: each topic once, all runs in memory.
   *
   * @param runIds runs that are there
   */
  public static List<Reported> of(RecordStore store, RunStarts starts, List<String> runIds) {
    Map<String, List<RegimeChanged>> changes =
        new RunMessages<>(store, Topic.REGIMES, BrinkSerdes.regimes(), runIds).byRun();
    Map<String, List<FlowFitted>> fits =
        new RunMessages<>(store, Topic.FLOW, BrinkSerdes.flow(), runIds).byRun();
    Map<String, List<StepObserved>> steps = new HashMap<>();
    new RunMessages<>(store, Topic.STEPS, BrinkSerdes.steps(), runIds)
        .forEach(
            (runId, step) ->
                steps
                    .computeIfAbsent(runId, _ -> new ArrayList<>())
                    .add(runIds.size() == 1 ? step : lean(step)));
    List<Reported> reported = new ArrayList<>();
    for (String runId : runIds) {
      RunStarted started = starts.of(runId);
      List<RegimeChanged> changed = changes.getOrDefault(runId, List.of());
      List<FlowFitted> fitted = fits.getOrDefault(runId, List.of());
      reported.add(
          new Reported(
              started,
              new RunReport(
                  steps.getOrDefault(runId, List.of()), changed, fitted, started.getMomentum()),
              RunOutcome.of(started, changed, fitted)));
    }
    return reported;
  }

  // What no report looks at.
  private static StepObserved lean(StepObserved step) {
    return step.toBuilder().clearLayers().clearTiming().clearEvaluation().clearFlowTest().build();
  }
}
