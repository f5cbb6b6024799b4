package brink.monitor.run;

import brink.monitor.flow.FlowMeter;
import brink.monitor.flow.FlowUpdate;
import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.Detection;
import brink.monitor.regime.DetectorState;
import brink.monitor.regime.LedgerEntry;
import brink.monitor.regime.RegimeDetector;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RejectionReason;
import brink.v1.RunEnded;
import brink.v1.RunStarted;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
  public static final String DETECTOR_VERSION = "2";

  private final LedgerTolerance tolerance;
  private final RegimeDetector detector;
  private final FlowMeter meter;

  /** With the default settings. */
  public RunFold() {
    this(FoldSettings.defaults());
  }

  /** With the given settings. */
  public RunFold(FoldSettings settings) {
    this.tolerance = LedgerTolerance.defaults();
    this.detector = new RegimeDetector(settings.version(), settings.detector());
    this.meter = new FlowMeter(settings.flow());
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
    RunState open = state.withEndMark(null);
    if (mark == null || state.regime() != Regime.REGIME_ENDED) {
      return new Outcome(open, List.of(), null, List.of(), null);
    }
    Detection resumed =
        detector.resumed(
            state.runId(), state.detector(), started.getResumedFrom().getStep(), mark.before());
    return new Outcome(open.withDetector(resumed.state()), changes(resumed), null, List.of(), null);
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
    return RunState.of(started, tolerance.of(started.getPrecision()));
  }

  /**
   * Folds one step. Never throws on its content: what is wrong with it is in the outcome's
   * rejections.
   */
  public Outcome step(RunState state, StepObserved step) {
    String invalid = StepCheck.invalid(state.runId(), step);
    long t = step.getStep();
    if (invalid != null) {
      return close(refused(state, t, Rejections.invalid(state.runId(), t, invalid)));
    }
    return switch (state.sequence().arrival(t)) {
      case DUPLICATE -> refused(state, t, Rejections.duplicate(state.runId(), t));
      case OUT_OF_ORDER ->
          refused(state, t, Rejections.outOfOrder(state.runId(), t, state.sequence().last()));
      case GAP -> close(use(state, step, true));
      case NEXT, CADENCE -> close(use(state, step, false));
    };
  }

  private static Outcome refused(RunState state, long step, Rejection rejection) {
    return new Outcome(state.withReached(step), List.of(), null, List.of(rejection), null);
  }

  private Outcome use(RunState state, StepObserved step, boolean gap) {
    long t = step.getStep();
    EndMark mark = state.endMark();
    if (mark != null && t > mark.lastStep()) {
      return refused(state, state.reached(), Rejections.afterEnd(state.runId(), t));
    }
    List<Rejection> findings = new ArrayList<>();
    if (gap) {
      findings.add(Rejections.gap(state.runId(), t, state.sequence().last() + 1));
    }
    List<String> divergence = StepCheck.divergence(step);
    divergence.forEach(f -> findings.add(Rejections.notFinite(state.runId(), t, f)));
    StepCheck.unusable(step).forEach(f -> findings.add(Rejections.notFinite(state.runId(), t, f)));
    RunState reached = state.withReached(t);
    return divergence.isEmpty()
        ? finite(reached, step, findings)
        : diverged(reached, t, String.join(", ", divergence), findings);
  }

  private Outcome finite(RunState state, StepObserved observed, List<Rejection> findings) {
    SphericalStep step = SphericalStep.of(observed, state.motion(), flowTime(state, observed));
    SphericalStep previous = state.previous();
    SphericalStep before = step.follows(previous) ? previous : null;
    Double ledgerError =
        before == null || !state.motion().keepsLedger() ? null : step.ledgerError(before);
    LedgerEntry ledger = ledgerError == null ? null : tolerance.entry(state, step, ledgerError);
    FlowUpdate flow =
        meter.step(
            state.runId(),
            state.flow(),
            step,
            previous,
            RegimeDetector.isAtEdge(state.regime()),
            state.episode());
    Detection detection =
        detector.step(state.runId(), state.detector(), step, before, ledger, flow.rates());
    RunState next =
        state.after(
            state.sequence().with(step.step()),
            step.flowTime(),
            step,
            detection.state(),
            flow.state());
    return new Outcome(
        next, changes(detection), flow.fitted(), findings, readings(step, ledgerError));
  }

  // Steps that are missing are taken to have had the hyper-parameters of the last one seen.
  private static double flowTime(RunState state, StepObserved step) {
    double here = step.getLearningRate() * step.getWeightDecay() * state.motion().driftFactor();
    SphericalStep previous = state.previous();
    if (previous == null) {
      return state.flowTime() + here;
    }
    long missing = step.getStep() - previous.step() - 1;
    return state.flowTime() + missing * previous.flowTimeStep() + here;
  }

  private Outcome diverged(RunState state, long step, String fields, List<Rejection> findings) {
    Detection detection = detector.notFinite(state.runId(), state.detector(), step, fields);
    RunState next =
        state.after(
            state.sequence().with(step), state.flowTime(), null, detection.state(), state.flow());
    return new Outcome(next, changes(detection), null, findings, null);
  }

  private static StepReadings readings(SphericalStep step, @Nullable Double ledgerError) {
    var curvature = step.midpoint() != null ? step.midpoint() : step.iterate();
    return new StepReadings(
        step.effectiveLearningRate(),
        curvature == null ? null : step.stabilityRatio(curvature),
        step.motion().momentum() == 0 ? step.angularStepSquared() : null,
        ledgerError,
        step.flowTime());
  }

  private static List<RegimeChanged> changes(Detection detection) {
    RegimeChanged change = detection.change();
    return change == null ? List.of() : List.of(change);
  }

  /**
   * Folds the run's end. It may come before the last steps do; the regime becomes ENDED when they
   * have come.
   */
  public Outcome end(RunState state, RunEnded end) {
    long last = end.hasLastStep() ? end.getLastStep() : -1;
    if (!end.getRunId().equals(state.runId())) {
      return refused(
          state, -1, Rejections.invalid(state.runId(), last, "run_id is " + end.getRunId()));
    }
    if (state.ended()) {
      return refused(state, -1, Rejections.duplicate(state.runId(), last));
    }
    RunState marked = state.withEndMark(new EndMark(last, end.getStatus()));
    return close(new Outcome(marked, List.of(), null, List.of(), null));
  }

  private Outcome close(Outcome outcome) {
    RunState state = outcome.state();
    EndMark mark = state.endMark();
    if (mark == null || !state.isComplete() || state.regime() == Regime.REGIME_ENDED) {
      return outcome;
    }
    long step = Math.max(0, Math.max(state.reached(), mark.lastStep()));
    List<RegimeChanged> changes = new ArrayList<>(outcome.changes());
    DetectorState last = state.detector();
    if (mark.status() == RunStatus.RUN_STATUS_DIVERGED && last.regime() != Regime.REGIME_DIVERGED) {
      Detection diverged = detector.diverged(state.runId(), last, step);
      changes.addAll(changes(diverged));
      last = diverged.state();
    }
    state = state.withEndMark(mark.after(last.regime()));
    Detection ended = detector.ended(state.runId(), last, step, mark.sentence());
    changes.addAll(changes(ended));
    return new Outcome(
        state.withDetector(ended.state()),
        changes,
        outcome.flow(),
        outcome.rejections(),
        outcome.readings());
  }
}
