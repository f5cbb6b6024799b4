package brink.monitor.run;

import brink.monitor.flow.FlowMeter;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.Detection;
import brink.monitor.regime.DetectorState;
import brink.monitor.regime.RegimeDetector;
import brink.monitor.run.StepSequence.Arrival;
import brink.v1.Regime;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fold of one run: (state, event) → (state, verdicts). Deterministic to the bit, so that live,
 * replay, tests and what-if runs all reach the same verdicts; holds nothing but its settings and
 * may be shared between threads.
 */
public final class RunFold {
  /** Version of the rules behind the verdicts; {@link FoldSettings#version} adds the settings. */
  public static final String DETECTOR_VERSION = "4";

  private final RegimeDetector detector;
  private final StepFold steps;

  /** With the default settings. */
  public RunFold() {
    this(FoldSettings.defaults());
  }

  /** With the given settings. */
  public RunFold(FoldSettings settings) {
    detector = new RegimeDetector(settings.version(), settings.detector());
    steps = new StepFold(detector, new FlowMeter(settings.flow()));
  }

  /** What makes a run impossible to follow, if anything does; ask before {@link #start}. */
  public static Optional<Rejection> check(RunStarted started) {
    int length = started.getRunId().getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > RunState.MAX_RUN_ID_BYTES) {
      return invalid("run id has " + length + " bytes; give it 1 to " + RunState.MAX_RUN_ID_BYTES);
    }
    double momentum = started.getMomentum();
    if (!(momentum >= 0 && momentum < 1)) {
      return invalid("momentum is " + momentum + "; it is at least 0 and below 1");
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

  /**
   * Folds the start of a run that goes on, after its end or in the middle: all that is known of it
   * holds again.
   */
  public Outcome resume(RunState state, RunStarted started) {
    EndMark mark = state.endMark();
    Progress progress = new Progress(state.withEndMark(null));
    if (mark != null && state.regime() == Regime.REGIME_ENDED) {
      long step = started.getResumedFrom().getStep();
      Detection resumed = detector.resumed(state.runId(), state.detector(), step, mark.before());
      progress.moveTo(progress.state().withDetector(resumed.state()));
      progress.change(resumed.change());
    }
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
   * Folds one step. Never throws on its content: what is wrong with it is in the outcome's
   * rejections. A step that comes before its predecessors waits for them, as long as no more than a
   * few do.
   */
  public Outcome step(RunState state, StepObserved step) {
    Progress progress = new Progress(state);
    Rejection refusal = refusal(state, step);
    if (refusal == null) {
      take(progress, step);
    } else {
      progress.find(refusal);
      reach(progress, step.getStep());
    }
    close(progress);
    return progress.outcome();
  }

  private static @Nullable Rejection refusal(RunState state, StepObserved step) {
    long t = step.getStep();
    String runId = state.runId();
    String invalid = StepCheck.invalid(runId, step);
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
    EndMark mark = state.endMark();
    return mark != null && t > mark.lastStep() ? Rejections.afterEnd(runId, t) : null;
  }

  private static void reach(Progress progress, long step) {
    EndMark mark = progress.state().endMark();
    if (mark == null || step <= mark.lastStep()) {
      progress.moveTo(progress.state().withReached(step));
    }
  }

  private void take(Progress progress, StepObserved observed) {
    long t = observed.getStep();
    RunState state = progress.state();
    boolean awaited = hasPredecessors(state, t);
    List<String> divergence = StepCheck.divergence(observed);
    if (!divergence.isEmpty()) {
      releaseAll(progress);
    }
    if (!divergence.isEmpty() || (!awaited && cameRefused(state, t))) {
      findGap(progress, t);
      awaited = true;
    }
    reach(progress, t);
    for (String field : divergence) {
      progress.find(Rejections.notFinite(state.runId(), t, field));
    }
    for (String field : StepCheck.unusable(observed)) {
      progress.find(Rejections.notFinite(state.runId(), t, field));
    }
    if (StepCheck.hasSharpnessWithoutPoint(observed) && !state.detector().hasSeenWithoutPoint()) {
      progress.find(Rejections.withoutPoint(state.runId(), t));
    }
    if (!divergence.isEmpty()) {
      steps.foldNotFinite(progress, t, String.join(", ", divergence));
    } else {
      takeFinite(progress, SphericalStep.of(observed, state.motion(), 0), awaited);
    }
  }

  private void takeFinite(Progress progress, SphericalStep step, boolean awaited) {
    if (awaited) {
      progress.read(steps.fold(progress, step));
      releaseAwaited(progress);
      return;
    }
    RunState state = progress.state();
    progress.read(StepFold.ahead(state, step));
    progress.moveTo(state.withWaiting(state.waiting().with(step)));
    if (progress.state().waiting().isTooMany()) {
      releaseFirst(progress);
      releaseAwaited(progress);
    }
  }

  private static boolean hasPredecessors(RunState state, long step) {
    Arrival arrival = state.sequence().arrival(step);
    return arrival == Arrival.NEXT || arrival == Arrival.CADENCE;
  }

  // Nobody waits for a predecessor that came and was refused.
  private static boolean cameRefused(RunState state, long step) {
    return state.waiting().isEmpty() && state.reached() == step - 1;
  }

  private static void findGap(Progress progress, long step) {
    RunState state = progress.state();
    if (!hasPredecessors(state, step)) {
      progress.find(Rejections.gap(state.runId(), step, state.sequence().last() + 1));
    }
  }

  private void releaseAll(Progress progress) {
    while (!progress.state().waiting().isEmpty()) {
      releaseFirst(progress);
    }
  }

  private void releaseAwaited(Progress progress) {
    SphericalStep first = progress.state().waiting().first();
    while (first != null && hasPredecessors(progress.state(), first.step())) {
      releaseFirst(progress);
      first = progress.state().waiting().first();
    }
  }

  private void releaseFirst(Progress progress) {
    RunState state = progress.state();
    SphericalStep first = state.waiting().first();
    if (first != null) {
      findGap(progress, first.step());
      progress.moveTo(state.withWaiting(state.waiting().withoutFirst()));
      steps.fold(progress, first);
    }
  }

  /**
   * Folds the run's end. It may come before the last steps do; the regime becomes ENDED when they
   * have come.
   */
  public Outcome end(RunState state, RunEnded end) {
    Progress progress = new Progress(state);
    long last = end.hasLastStep() ? end.getLastStep() : -1;
    if (!end.getRunId().equals(state.runId())) {
      progress.find(Rejections.invalid(state.runId(), last, "run_id is " + end.getRunId()));
    } else if (state.ended()) {
      progress.find(Rejections.duplicate(state.runId(), last));
    } else {
      progress.moveTo(state.withEndMark(new EndMark(last, end.getStatus())));
      close(progress);
    }
    return progress.outcome();
  }

  /**
   * Folds the steps that wait: their predecessors will not come any more, says the wall clock. A
   * run whose end was announced ends without the steps that are missing.
   */
  public Outcome silent(RunState state) {
    Progress progress = new Progress(state);
    releaseAll(progress);
    EndMark mark = state.endMark();
    if (mark != null && progress.state().regime() != Regime.REGIME_ENDED) {
      conclude(
          progress,
          mark,
          mark.sentence() + "; later steps than " + state.reached() + " never came");
    }
    return progress.outcome();
  }

  private void close(Progress progress) {
    EndMark mark = progress.state().endMark();
    if (mark == null
        || !progress.state().isComplete()
        || progress.state().regime() == Regime.REGIME_ENDED) {
      return;
    }
    releaseAll(progress);
    conclude(progress, mark, mark.sentence());
  }

  private void conclude(Progress progress, EndMark mark, String sentence) {
    RunState state = progress.state();
    long step = Math.max(0, Math.max(state.reached(), mark.lastStep()));
    DetectorState last = state.detector();
    if (mark.status() == RunStatus.RUN_STATUS_DIVERGED && last.regime() != Regime.REGIME_DIVERGED) {
      Detection diverged = detector.diverged(state.runId(), last, step);
      progress.change(diverged.change());
      last = diverged.state();
    }
    Detection ended = detector.ended(state.runId(), last, step, sentence);
    progress.change(ended.change());
    progress.moveTo(state.withEndMark(mark.after(last.regime())).withDetector(ended.state()));
  }
}
