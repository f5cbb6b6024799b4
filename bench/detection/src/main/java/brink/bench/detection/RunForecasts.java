package brink.bench.detection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The monitor's forecasts for one run.
 *
 * @param approach of the edge; null where s did not rise through 1
 * @param flow along the edge, with everything published
 * @param excess loss along the edge
 * @param next eigenvalue at the edge; null where none came
 * @param unseen the same without sharpness, held against the sharpness that was not published
 */
record RunForecasts(
    CorpusRun run,
    @Nullable ApproachScore approach,
    FlowShare share,
    FlowScore flow,
    List<ExcessSample> excess,
    @Nullable NextSample next,
    FlowScore unseen) {
  static RunForecasts of(
      CorpusRun run,
      Recording recording,
      Trace trace,
      Label label,
      Verdicts verdicts,
      Verdicts unseen) {
    return new RunForecasts(
        run,
        ApproachScore.of(trace, label, verdicts),
        FlowShare.of(trace, FlowLaw.of(trace, recording), label, verdicts),
        FlowScore.of(trace, label, verdicts),
        ExcessSample.of(trace, new ExcessTruth(trace, recording.steps()), label, verdicts),
        NextSample.of(trace, label, verdicts),
        FlowScore.of(trace, label, unseen));
  }
}
