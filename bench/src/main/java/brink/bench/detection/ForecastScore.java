package brink.bench.detection;

import org.jspecify.annotations.Nullable;

/**
 * The monitor's forecasts for one run, with everything published.
 *
 * @param approach of the edge; null where s did not rise through 1
 * @param flow along the edge
 */
record ForecastScore(CorpusRun run, @Nullable ApproachScore approach, FlowScore flow) {
  static ForecastScore of(CorpusRun run, Trace trace, Label label, Verdicts verdicts) {
    return new ForecastScore(
        run, ApproachScore.of(trace, label, verdicts), FlowScore.of(trace, label, verdicts));
  }
}
