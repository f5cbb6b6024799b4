package brink.monitor.topology;

import brink.monitor.run.Outcome;
import brink.monitor.run.Rejection;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import com.google.protobuf.Message;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What happens to runs that fell silent: their steps that wait for predecessors are folded, which
 * will not come any more, and the run is STALLED; or ENDED, if its end was announced.
 */
final class SilentRuns {
  /** The records that a finding is about are no longer at hand. */
  private static final long NO_OFFSET = -1;

  private final ProcessorContext<String, Message> context;
  private final RunFold fold;
  private final RunStore runs;
  private final StallWatch stalls;
  private final Duration stalledAfter;
  private final RunObserver observer;

  SilentRuns(
      ProcessorContext<String, Message> context,
      RunFold fold,
      RunStore runs,
      StallWatch stalls,
      Duration stalledAfter,
      RunObserver observer) {
    this.context = context;
    this.fold = fold;
    this.runs = runs;
    this.stalls = stalls;
    this.stalledAfter = stalledAfter;
    this.observer = observer;
  }

  /**
   * Looks at all runs.
   *
   * @param now wall clock, milliseconds
   */
  void report(long now) {
    for (String runId : stalls.fallenSilent(now)) {
      RunState state = runs.get(runId);
      if (state != null) {
        report(fold.silent(state), now);
      }
    }
  }

  private void report(Outcome outcome, long now) {
    RunState state = outcome.state();
    runs.put(state.runId(), RunStateCodec.encode(state));
    for (RegimeChanged change : outcome.changes()) {
      Output.write(context, observer, change, now);
    }
    for (FlowFitted fit : outcome.fits()) {
      Output.write(context, observer, fit, now);
    }
    for (Rejection finding : outcome.rejections()) {
      Output.write(context, observer, rejected(state.runId(), finding), now);
    }
    if (state.regime() == Regime.REGIME_ENDED) {
      stalls.forget(state.runId());
    } else {
      Output.write(context, observer, Stalls.silent(state, stalledAfter), now);
    }
  }

  private Rejected rejected(String runId, Rejection finding) {
    return Rejected.newBuilder()
        .setTopic(Topic.STEPS.topicName())
        .setPartition(context.taskId().partition())
        .setOffset(NO_OFFSET)
        .setReason(finding.reason())
        .setDetail(finding.detail())
        .setRunId(runId)
        .build();
  }
}
