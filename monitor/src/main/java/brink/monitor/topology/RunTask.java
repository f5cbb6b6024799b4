package brink.monitor.topology;

import brink.monitor.run.Outcome;
import brink.monitor.run.Rejection;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.monitor.topology.Input.Ended;
import brink.monitor.topology.Input.Started;
import brink.monitor.topology.Input.Step;
import brink.monitor.topology.Input.Unusable;
import brink.v1.Regime;
import brink.v1.RejectionReason;
import brink.v1.RunStarted;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Folds each record of one task into its run's state and writes what comes out. */
final class RunTask {
  private final ProcessorContext<String, Message> context;
  private final RunStore runs;
  private final StallWatch stalls;
  private final SilentRuns silent;
  private final RunObserver observer;
  private final RunFold fold;
  private final InputParser parser = new InputParser();
  private final Set<String> live = new HashSet<>();

  private RunTask(
      ProcessorContext<String, Message> context,
      RunFold fold,
      Duration stalledAfter,
      RunObserver observer) {
    this.context = context;
    this.fold = fold;
    this.runs = new RunStore(context.getStateStore(MonitorTopology.STATE));
    this.stalls = new StallWatch(context.getStateStore(MonitorTopology.STALLED), stalledAfter);
    this.silent = new SilentRuns(context, fold, runs, stalls, stalledAfter, observer);
    this.observer = observer;
  }

  static RunTask open(
      ProcessorContext<String, Message> context,
      RunFold fold,
      Duration stalledAfter,
      RunObserver observer) {
    RunTask task = new RunTask(context, fold, stalledAfter, observer);
    task.runs.forEach(task::resume);
    context.schedule(
        MonitorTopology.stallCheckInterval(stalledAfter),
        PunctuationType.WALL_CLOCK_TIME,
        task.silent::report);
    return task;
  }

  void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    Input input = parser.parse(at.topic(), record.headers(), record.key(), record.value());
    Output output =
        new Output(
            context, observer, new Origin(at, record), EventOrder.undo(input, record.timestamp()));
    switch (input) {
      case Started(var started) -> start(output, started);
      case Step(var step) ->
          advance(
              output,
              step.getRunId(),
              step.getStep(),
              state -> fold.step(state, step),
              outcome -> observer.onStep(step, outcome));
      case Ended(var ended) ->
          advance(
              output,
              ended.getRunId(),
              ended.hasLastStep() ? ended.getLastStep() : null,
              state -> fold.end(state, ended),
              outcome -> observer.onEnded(ended, outcome));
      case Unusable(var reason, var detail, var runId, var step) ->
          output.reject(reason, detail, runId, step);
    }
  }

  void release() {
    live.forEach(observer::onReleased);
    live.clear();
  }

  private void resume(RunState state) {
    if (state.regime() != Regime.REGIME_ENDED) {
      stalls.watch(state.runId(), context.currentSystemTimeMs());
      live.add(state.runId());
    }
  }

  private void start(Output output, RunStarted started) {
    String runId = started.getRunId();
    if (runs.contains(runId) && RunFold.isResumption(started)) {
      resume(output, started);
      return;
    }
    if (runs.contains(runId)) {
      output.reject(
          RejectionReason.REJECTION_REASON_DUPLICATE,
          "run %s was started before; give the run another id, or name this one in resumed_from to continue it"
              .formatted(runId),
          runId,
          null);
      return;
    }
    Optional<Rejection> refusal = RunFold.check(started);
    if (refusal.isPresent()) {
      output.reject(refusal.get().reason(), refusal.get().detail(), runId, null);
      return;
    }
    byte[] state;
    try {
      state = RunStateCodec.encode(fold.start(started));
    } catch (RuntimeException e) {
      output.failed(runId, null, e);
      return;
    }
    runs.put(runId, state);
    stalls.watch(runId, context.currentSystemTimeMs());
    live.add(runId);
    observer.onStarted(started);
  }

  private void resume(Output output, RunStarted started) {
    advance(
        output,
        started.getRunId(),
        null,
        state -> fold.resume(state, started),
        outcome -> {
          stalls.watch(started.getRunId(), context.currentSystemTimeMs());
          observer.onResumed(started, outcome);
        });
  }

  private void advance(
      Output output,
      String runId,
      @Nullable Long step,
      Function<RunState, Outcome> fold,
      Consumer<Outcome> seen) {
    RunState before;
    Folded folded;
    try {
      before = runs.get(runId);
      if (before == null) {
        output.unknownRun(runId, step);
        return;
      }
      folded = Folded.of(fold.apply(before));
    } catch (RuntimeException e) {
      output.failed(runId, step, e);
      return;
    }
    if (before.regime() != Regime.REGIME_ENDED
        && stalls.heard(runId, context.currentSystemTimeMs())) {
      output.write(Stalls.heardAgain(before));
    }
    apply(output, runId, step, folded, seen);
  }

  private void apply(
      Output output, String runId, @Nullable Long step, Folded folded, Consumer<Outcome> seen) {
    runs.put(runId, folded.state().get());
    if (folded.outcome().state().regime() == Regime.REGIME_ENDED) {
      stalls.forget(runId);
      live.remove(runId);
    } else {
      live.add(runId);
    }
    seen.accept(folded.outcome());
    output.write(folded.outcome(), runId, step);
  }

  /** An outcome and its state's bytes: both are had before anything is written. */
  private record Folded(Outcome outcome, Bytes state) {
    static Folded of(Outcome outcome) {
      return new Folded(outcome, Bytes.wrap(RunStateCodec.encode(outcome.state())));
    }
  }
}
