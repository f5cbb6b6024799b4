package brink.bench.detection;

import org.jspecify.annotations.Nullable;

/**
 * The monitor's forecasts for one run.
 *
 * @param approach of the edge; null where s did not rise through 1
 * @param flow along the edge, with everything published
 * @param unseen the same without sharpness, held against the sharpness that was not published
 */
record ForecastScore(
    CorpusRun run,
    @Nullable ApproachScore approach,
    FlowShare share,
    FlowScore flow,
    FlowScore unseen) {
  static ForecastScore of(
      CorpusRun run, Trace trace, FlowLaw law, Label label, Verdicts verdicts, Verdicts unseen) {
    return new ForecastScore(
        run,
        ApproachScore.of(trace, label, verdicts),
        FlowShare.of(trace, law, label, verdicts),
        FlowScore.of(trace, label, verdicts),
        FlowScore.of(trace, label, unseen));
  }
}
