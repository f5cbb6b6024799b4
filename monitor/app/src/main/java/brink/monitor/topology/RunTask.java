package brink.monitor.topology;

import brink.monitor.run.Outcome;
import brink.monitor.run.Rejection;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.topology.HeldSteps.GivenUp;
import brink.monitor.topology.Input.Ended;
import brink.monitor.topology.Input.Started;
import brink.monitor.topology.Input.Step;
import brink.monitor.topology.Input.Unusable;
import brink.monitor.topology.WaitingSteps.Waiting;
import brink.schemas.Topic;
import brink.v1.Regime;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Folds each record of one task into its run's state and writes what comes out.
 *
 * <p>What a run's verdicts are depends on the order of its records within {@code brink.runs} and
 * within {@code brink.steps}, and on nothing else: a step that comes before the start or the
 * resumption that it belongs to waits for it, and an end waits for its last step.
 */
final class RunTask {
  private final ProcessorContext<String, Message> context;
  private final RunFold fold;
  private final RunObserver observer;
  private final ClusterView cluster;
  private final RunStates runs;
  private final HeldSteps held;
  private final Silences silences;
  private final Listening listening;
  private final Setbacks setbacks;
  private final int partition;
  private final InputParser parser = new InputParser();
  private final Set<String> live = new HashSet<>();

  RunTask(
      ProcessorContext<String, Message> context,
      RunFold fold,
      Duration stalledAfter,
      RunObserver observer,
      ClusterView cluster) {
    this.context = context;
    this.fold = fold;
    this.cluster = cluster;
    this.setbacks = Setbacks.of(context.appConfigs());
    this.partition = cluster.partition(context.taskId().partition());
    this.runs = context.getStateStore(MonitorTopology.STATE);
    this.observer = Observers.of(PromptCommits.schedule(context, runs), observer);
    this.held = new HeldSteps(context.getStateStore(MonitorTopology.WAITING));
    this.silences = new Silences(context.getStateStore(MonitorTopology.SILENT), stalledAfter);
    Duration interval = MonitorTopology.lookInterval(stalledAfter);
    this.listening = new Listening(cluster, partition, MonitorTopology.longestGap(interval));
    runs.forEach(this::takeOver);
    context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  private void takeOver(RunState state) {
    if (state.regime() != Regime.REGIME_ENDED) {
      silences.watch(state.runId());
      live.add(state.runId());
      expectNothingAfterEnd(state);
    }
  }

  void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    listening.read(at.topic(), at.offset());
    Input input = parser.parse(at.topic(), record.headers(), record.key(), record.value());
    Output output = output(new Origin(at, record), record.timestamp());
    switch (input) {
      case Started(var started) -> start(output, started);
      case Step(var step) -> step(output, step, at.offset(), record.value());
      case Ended(var ended) -> end(output, ended);
      case Unusable(var reason, var detail, var runId, var step) ->
          output.reject(reason, detail, runId, step);
    }
  }

  /** The runs go to another task, or the monitor closes. */
  void release() {
    live.forEach(observer::onReleased);
    live.clear();
  }

  private void start(Output output, RunStarted started) {
    String runId = started.getRunId();
    if (runs.contains(runId)) {
      if (RunFold.isResumption(started)) {
        RunFold.check(started)
            .ifPresentOrElse(
                refusal -> output.reject(refusal.reason(), refusal.detail(), runId, null),
                () -> resume(output, started));
      } else {
        output.reject(
            RejectionReason.REJECTION_REASON_DUPLICATE,
            "run %s was started before; give the run another id, or name this one in resumed_from to continue it"
                .formatted(runId),
            runId,
            null);
      }
      return;
    }
    Optional<Rejection> refusal = RunFold.check(started);
    if (refusal.isPresent()) {
      output.reject(refusal.get().reason(), refusal.get().detail(), runId, null);
      return;
    }
    try {
      runs.put(fold.start(started));
    } catch (RuntimeException e) {
      output.failed(runId, null, e);
      return;
    }
    silences.watch(runId);
    live.add(runId);
    observer.onStarted(started);
    releaseHeld(runId);
  }

  private void resume(Output output, RunStarted started) {
    String runId = started.getRunId();
    Outcome outcome = advance(output, runId, null, state -> fold.resume(state, started));
    if (outcome != null) {
      observer.onResumed(started, outcome);
      output.write(outcome, runId, null);
      releaseHeld(runId);
    }
  }

  private void end(Output output, RunEnded ended) {
    String runId = ended.getRunId();
    @Nullable Long last = ended.hasLastStep() ? ended.getLastStep() : null;
    Outcome outcome = advance(output, runId, last, state -> fold.end(state, ended));
    if (outcome != null) {
      output.write(outcome, runId, last);
    }
  }

  private void step(Output output, StepObserved step, long offset, byte[] value) {
    String runId = step.getRunId();
    OptionalInt scattered = cluster.scattered(runId);
    if (scattered.isPresent() && scattered.getAsInt() != partition) {
      output.scattered(runId, step.getStep(), scattered.getAsInt());
    } else if (held.hold(runId) || awaits(step)) {
      held.add(runId, offset, value).forEach(this::refuse);
    } else {
      fold(output, step);
    }
  }

  private boolean awaits(StepObserved step) {
    try {
      RunState state = runs.get(step.getRunId());
      return state == null || RunFold.awaitsResumption(state, step);
    } catch (RuntimeException e) {
      // The fold meets it again, and says so.
      return false;
    }
  }

  private void fold(Output output, StepObserved step) {
    String runId = step.getRunId();
    long t = step.getStep();
    Outcome outcome = advance(output, runId, t, state -> fold.step(state, step));
    if (outcome != null) {
      observer.onStep(step, outcome);
      output.write(outcome, runId, t);
    }
  }

  /** What an event makes of a run; null where nothing, which is said then. */
  private @Nullable Outcome advance(
      Output output, String runId, @Nullable Long step, FoldStep event) {
    RunState before;
    Outcome outcome;
    try {
      before = runs.get(runId);
      if (before == null) {
        output.unknownRun(runId, step);
        return null;
      }
      outcome = event.of(before);
    } catch (RuntimeException e) {
      output.failed(runId, step, e);
      return null;
    }
    endSilence(output, before);
    runs.put(outcome.state());
    if (outcome.state().regime() == Regime.REGIME_ENDED) {
      silences.forget(runId);
      live.remove(runId);
    } else if (before.regime() == Regime.REGIME_ENDED) {
      live.add(runId);
      silences.watch(runId);
    }
    expectNothingAfterEnd(outcome.state());
    return outcome;
  }

  private void expectNothingAfterEnd(RunState state) {
    if (RunFold.endsWhenSilent(state)) {
      silences.expectNothing(state.runId());
    }
  }

  private interface FoldStep {
    Outcome of(RunState state);
  }

  private void endSilence(Output output, RunState before) {
    if (before.regime() != Regime.REGIME_ENDED) {
      Regime silence = silences.hear(before.runId());
      if (silence != null) {
        output.write(WallClockVerdicts.heardAgain(before, silence));
      }
    }
  }

  private void releaseHeld(String runId) {
    for (Waiting waiting : held.of(runId)) {
      StepObserved step = waiting.step();
      if (awaits(step)) {
        return;
      }
      held.remove(runId, waiting);
      fold(outputOf(runId, waiting), step);
    }
  }

  /** By the wall clock: who fell silent, and what waits in vain. */
  private void look(long now) {
    if (listening.confirm()) {
      silences.confirm(listening.listened());
      held.confirm(listening.listened());
      held.expired(listening.listened()).forEach(this::refuse);
      silences.fallen(listening.listened()).forEach(runId -> tellSilence(runId, now));
    }
    if (!listening.isLooking() && !(silences.isEmpty() && held.isEmpty())) {
      listening.look(now);
      silences.look();
      held.look();
    }
  }

  private void tellSilence(String runId, long now) {
    RunState state = runs.get(runId);
    if (state == null) {
      silences.forget(runId);
      return;
    }
    Output.write(context, observer, silences.tell(state), now);
  }

  /** Steps that were given up get their answer; those behind them need not wait any longer. */
  private void refuse(GivenUp givenUp) {
    String runId = givenUp.runId();
    refuseAll(givenUp);
    if (runs.contains(runId)) {
      releaseHeld(runId);
    }
  }

  private void refuseAll(GivenUp givenUp) {
    String runId = givenUp.runId();
    for (Waiting waiting : givenUp.steps()) {
      Output output = outputOf(runId, waiting);
      StepObserved step = waiting.step();
      long t = step.getStep();
      if (runs.contains(runId)) {
        fold(output, step);
      } else if (givenUp.forRoom()) {
        output.noRoom(runId, t);
      } else {
        OptionalInt elsewhere = cluster.partitionOfStart(runId);
        if (elsewhere.isPresent() && elsewhere.getAsInt() != partition) {
          cluster.reportScattered(runId, partition);
          output.misplaced(runId, t, elsewhere.getAsInt());
        } else {
          output.unknownRun(runId, t);
        }
      }
    }
  }

  private Output outputOf(String runId, Waiting waiting) {
    Place place = new Place(Topic.STEPS.topicName(), partition, waiting.offset());
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    return output(Origin.of(place, key, waiting.value().get()), context.currentSystemTimeMs());
  }

  private Output output(Origin origin, long time) {
    return new Output(
        context, observer, setbacks, origin, Output.plausible(time, context.currentSystemTimeMs()));
  }
}
