package brink.monitor.run;

import brink.monitor.geometry.SphericalStep;
import brink.monitor.regime.Detection;
import brink.monitor.regime.DetectorState;
import brink.monitor.regime.RegimeDetector;
import brink.monitor.run.Life.End;
import brink.monitor.run.Life.Resumption;
import brink.v1.Regime;
import brink.v1.RunStatus;
import brink.v1.StepObserved;
import java.util.Optional;

/**
 * The fold of a run's ends and resumptions. An end takes effect when its last step has come, a
 * resumption after the end before it, whenever they were read.
 */
final class LifeFold {
  private final RegimeDetector detector;
  private final StepIntake intake;

  LifeFold(RegimeDetector detector, StepIntake intake) {
    this.detector = detector;
    this.intake = intake;
  }

  /**
   * Whether a step belongs to a life that {@code brink.runs} has not told of yet: it says so
   * itself, or it comes after the last step of an end that no resumption follows.
   */
  static boolean awaitsResumption(Lives lives, StepObserved step) {
    if (step.hasResumption()) {
      return step.getResumption() > lives.known();
    }
    End end = lives.lastEnd();
    return end != null && step.getStep() > end.lastStep();
  }

  void resume(Progress progress, long step) {
    add(progress, new Resumption(step), step);
  }

  void end(Progress progress, End end) {
    RunState state = progress.state();
    if (state.lives().lastEnd() != null) {
      progress.find(Rejections.duplicateEnd(state.runId()));
    } else {
      add(progress, end, end.lastStep());
    }
  }

  private void add(Progress progress, Life life, long step) {
    RunState state = progress.state();
    if (state.lives().isFull()) {
      progress.find(Rejections.tooManyLives(state.runId(), step));
      return;
    }
    progress.moveTo(state.withLives(state.lives().with(life)));
    settle(progress);
  }

  /** Lets the ends and resumptions take effect that lie before the step's own life. */
  void reach(Progress progress, StepObserved step) {
    while (isOfLaterLife(progress.state().lives(), step)) {
      End end = progress.state().lives().nextEnd();
      if (end != null) {
        String sentence = sentence(progress.state(), end);
        intake.releaseAll(progress);
        conclude(progress, end, sentence);
      }
      settle(progress);
    }
  }

  private static boolean isOfLaterLife(Lives lives, StepObserved step) {
    if (lives.nextEnd() == null) {
      return false;
    }
    Resumption next = lives.nextResumption();
    if (next == null) {
      return false;
    }
    return step.hasResumption()
        ? step.getResumption() > lives.resumptions()
        : step.getStep() > lives.limit() && step.getStep() >= next.step();
  }

  /** Lets everything take effect whose turn has come. */
  void settle(Progress progress) {
    boolean moved = true;
    while (moved) {
      moved = settleOne(progress);
    }
  }

  private boolean settleOne(Progress progress) {
    RunState state = progress.state();
    if (state.lives().pending().isEmpty()) {
      return false;
    }
    return switch (state.lives().pending().getFirst()) {
      case End end -> {
        boolean due = state.isComplete();
        if (due) {
          conclude(progress, end, end.sentence());
        }
        yield due;
      }
      case Resumption(long step) -> {
        resumeNow(progress, step);
        yield true;
      }
    };
  }

  private void resumeNow(Progress progress, long step) {
    RunState state = progress.state();
    Lives lives = state.lives();
    if (lives.ended() == null) {
      progress.moveTo(state.withLives(lives.resumed()));
      return;
    }
    Detection resumed = detector.resumed(state.runId(), state.detector(), step, lives.before());
    progress.moveTo(state.withLives(lives.resumed()).withDetector(resumed.state()));
    progress.change(resumed.change());
  }

  private void conclude(Progress progress, End end, String sentence) {
    RunState state = progress.state();
    long step = Math.max(0, Math.max(state.reached(), end.lastStep()));
    DetectorState last = state.detector();
    if (end.status() == RunStatus.RUN_STATUS_DIVERGED && last.regime() != Regime.REGIME_DIVERGED) {
      Detection diverged = detector.diverged(state.runId(), last, step);
      progress.change(diverged.change());
      last = diverged.state();
    }
    Detection ended = detector.ended(state.runId(), last, step, sentence);
    progress.change(ended.change());
    progress.moveTo(
        state.withLives(state.lives().ended(end, last.regime())).withDetector(ended.state()));
  }

  static Optional<String> unfinished(RunState state) {
    return Optional.ofNullable(state.lives().nextEnd()).map(end -> sentence(state, end));
  }

  private static String sentence(RunState state, End end) {
    StringBuilder text = new StringBuilder(end.sentence());
    SphericalStep first = state.waiting().first();
    if (first != null) {
      text.append("; ")
          .append(Rejections.steps(state.sequence().last() + 1, first.step() - 1))
          .append(" never came");
    }
    if (state.reached() < end.lastStep()) {
      text.append("; steps after %d never came".formatted(state.reached()));
    }
    return text.toString();
  }
}
