package brink.monitor.run;

import brink.monitor.geometry.SphericalStep;
import brink.monitor.run.StepSequence.Arrival;
import brink.v1.StepObserved;
import java.util.List;

/**
 * Puts steps in their order: one that comes before its predecessors waits for them, as long as no
 * more than a few do.
 */
final class StepIntake {
  private final StepFold steps;

  StepIntake(StepFold steps) {
    this.steps = steps;
  }

  /** Takes a step that nothing speaks against. */
  void take(Progress progress, StepObserved observed) {
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
    progress.moveTo(progress.state().withReached(t));
    for (String field : divergence) {
      progress.find(Rejections.notFinite(state.runId(), t, field));
    }
    for (String field : StepCheck.unusable(observed)) {
      progress.find(Rejections.notFinite(state.runId(), t, field));
    }
    if (SphericalStep.hasSharpnessWithoutPoint(observed)
        && !state.detector().hasSeenWithoutPoint()) {
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

  /** Folds the steps that wait: those before them will not come any more. */
  void releaseAll(Progress progress) {
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
}
