package brink.monitor.run;

import brink.monitor.flow.FlowMeter;
import brink.monitor.regime.RegimeDetector;
import brink.monitor.run.Life.End;
import brink.monitor.run.StepSequence.Arrival;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fold of one run: (state, event) → (state, verdicts). Deterministic to the bit, so that live,
 * replay, tests and what-if runs all reach the same verdicts; holds nothing but its settings and
 * may be shared between threads.
 */
public final class RunFold {
  /** Beyond this, doubles do not count steps one by one. */
  public static final long LAST_STEP = 1L << 53;

  /** Version of the rules behind the verdicts; {@link FoldSettings#version} adds the settings. */
  public static final String DETECTOR_VERSION = "9";

  private final StepFold steps;
  private final StepIntake intake;
  private final LifeFold lives;

  /** With the default settings. */
  public RunFold() {
    this(FoldSettings.defaults());
  }

  /** With the given settings. */
  public RunFold(FoldSettings settings) {
    RegimeDetector detector = new RegimeDetector(settings.version(), settings.detector());
    steps = new StepFold(detector, new FlowMeter(settings.flow()));
    intake = new StepIntake(steps);
    lives = new LifeFold(detector, intake);
  }

  /** What makes a run impossible to follow, if anything does; ask before {@link #start}. */
  public static Optional<Rejection> check(RunStarted started) {
    int length = started.getRunId().getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > RunState.MAX_RUN_ID_BYTES) {
      return invalid("run id has " + length + " bytes; give it 1 to " + RunState.MAX_RUN_ID_BYTES);
    }
    Optional<String> impossible = ImpossibleStart.of(started);
    if (impossible.isPresent()) {
      return invalid(impossible.get());
    }
    long from = started.getResumedFrom().getStep();
    if (from < 0 || from > LAST_STEP) {
      return invalid("resumed_from.step is " + from + "; it is from 0 to " + LAST_STEP);
    }
    return Optional.empty();
  }

  private static Optional<Rejection> invalid(String detail) {
    return Optional.of(new Rejection(RejectionReason.REJECTION_REASON_INVALID, detail));
  }

  /** Whether a start continues a run that is known, by its own id. */
  public static boolean isResumption(RunStarted started) {
    return started.hasResumedFrom()
        && started.getResumedFrom().getRunId().equals(started.getRunId());
  }

  /** Whether a start begins a run where another one was, and names that one. */
  public static boolean isFork(RunStarted started) {
    return !started.getResumedFrom().getRunId().isEmpty() && !isResumption(started);
  }

  /**
   * Folds the start of a run that goes on, after its end or in the middle: all that is known of it
   * holds again. It takes effect after the steps that an end before it waits for.
   */
  public Outcome resume(RunState state, RunStarted started) {
    Progress progress = new Progress(state);
    lives.resume(progress, started.getResumedFrom().getStep());
    return progress.outcome();
  }

  /**
   * State of a run of which nothing was seen.
   *
   * @throws IllegalArgumentException if {@link #check} finds something
   */
  public RunState start(RunStarted started) {
    check(started)
        .ifPresent(
            rejection -> {
              throw new IllegalArgumentException(rejection.detail());
            });
    return RunState.of(started, steps.tolerance(started.getPrecision()));
  }

  /**
   * Whether the step is of a life of the run whose resumption was not read yet: what {@code
   * brink.runs} says has to be waited for, and {@link #step} comes after that.
   */
  public static boolean awaitsResumption(RunState state, StepObserved step) {
    return LifeFold.awaitsResumption(state.lives(), step)
        && StepCheck.invalid(state.runId(), step) == null;
  }

  /**
   * Folds one step. Never throws on its content: what is wrong with it is in the outcome's
   * rejections. A step that comes before its predecessors waits for them, as long as no more than a
   * few do; one that comes after the end of its life takes that end back.
   */
  public Outcome step(RunState state, StepObserved step) {
    Progress progress = new Progress(state);
    String invalid = StepCheck.invalid(state.runId(), step);
    if (invalid == null) {
      lives.reach(progress, step);
    }
    Rejection refusal = refusal(progress.state(), step, invalid);
    if (refusal == null) {
      lives.outlive(progress, step);
      intake.take(progress, step);
    } else {
      progress.find(refusal);
      cameInVain(progress, step.getStep());
    }
    lives.settle(progress);
    return progress.outcome();
  }

  private static @Nullable Rejection refusal(
      RunState state, StepObserved step, @Nullable String invalid) {
    long t = step.getStep();
    String runId = state.runId();
    if (invalid != null) {
      return Rejections.invalid(runId, t, invalid);
    }
    Arrival arrival = state.sequence().arrival(t);
    if (arrival == Arrival.DUPLICATE || state.waiting().holds(t)) {
      return Rejections.duplicate(runId, t);
    }
    if (arrival == Arrival.OUT_OF_ORDER) {
      return Rejections.outOfOrder(runId, t, state.sequence().last());
    }
    return null;
  }

  // Nobody waits for a step that was refused.
  private static void cameInVain(Progress progress, long step) {
    RunState state = progress.state();
    boolean isNext = step == Math.max(state.reached(), state.sequence().last()) + 1;
    if (isNext && step <= state.lives().limit()) {
      progress.moveTo(state.withReached(step));
    }
  }

  /**
   * Folds the run's end. It may come before the last steps do; the regime becomes ENDED when they
   * have come.
   */
  public Outcome end(RunState state, RunEnded end) {
    Progress progress = new Progress(state);
    if (!end.getRunId().equals(state.runId())) {
      long last = end.hasLastStep() ? end.getLastStep() : -1;
      progress.find(Rejections.invalid(state.runId(), last, "run_id is " + end.getRunId()));
      return progress.outcome();
    }
    if (end.getLastStep() < 0) {
      progress.find(Rejections.negativeLastStep(state.runId(), end.getLastStep()));
    }
    boolean isSaid = end.hasLastStep() && end.getLastStep() >= 0;
    lives.end(progress, new End(isSaid ? end.getLastStep() : End.OPEN, end.getStatus()));
    return progress.outcome();
  }

  /** Whether the run is over as soon as nothing more comes of it: its end names no last step. */
  public static boolean endsWhenSilent(RunState state) {
    return state.lives().endWhenSilent();
  }

  /**
   * For a run whose end is known and has not taken effect: how it ended and which steps never came,
   * in words; empty for others.
   */
  public static Optional<String> unfinished(RunState state) {
    return LifeFold.unfinished(state);
  }
}
