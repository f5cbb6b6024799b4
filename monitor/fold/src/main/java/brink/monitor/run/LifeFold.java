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
      add(progress, end, end.isOpen() ? Math.max(0, state.reached()) : end.lastStep());
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
        boolean belied = isBelied(state, end);
        boolean due = !belied && state.isComplete();
        if (belied) {
          open(progress, end);
        } else if (due) {
          conclude(progress, end, end.sentence(state.lives().limit()));
        }
        yield belied || due;
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
      progress.moveTo(state.withLives(lives.resumed(state.lastTaken())));
      return;
    }
    Detection resumed = detector.resumed(state.runId(), state.detector(), step, lives.before());
    progress.moveTo(
        state.withLives(lives.resumed(state.lastTaken())).withDetector(resumed.state()));
    progress.change(resumed.change());
  }

  /** Whether steps of the present life came after the one that its end calls the last. */
  private static boolean isBelied(RunState state, End end) {
    return state.lastTaken() > Math.max(end.lastStep(), state.lives().inherited());
  }

  /**
   * Takes an end back if the step, which is no duplicate, comes after the one that it calls the
   * last: all is judged as if that end had not said it.
   */
  void outlive(Progress progress, StepObserved step) {
    RunState state = progress.state();
    Lives lives = state.lives();
    End end = lives.ended() == null ? lives.nextEnd() : lives.ended();
    if (end == null || end.isOpen() || step.getStep() <= end.lastStep()) {
      return;
    }
    if (lives.ended() != null) {
      Detection back =
          detector.endTakenBack(state.runId(), state.detector(), step.getStep(), lives.before());
      progress.moveTo(state.withDetector(back.state()));
      progress.change(back.change());
    }
    open(progress, end);
  }

  private static void open(Progress progress, End end) {
    RunState state = progress.state();
    progress.find(Rejections.stepsAfterEnd(state.runId(), end.lastStep()));
    progress.moveTo(state.withLives(state.lives().opened(end)));
  }

  private void conclude(Progress progress, End end, String sentence) {
    RunState state = progress.state();
    long last =
        end.isOpen()
            ? Math.min(state.reached(), state.lives().limit())
            : Math.max(state.lastTaken(), end.lastStep());
    long step = Math.max(0, last);
    Regime before = state.detector().regime();
    DetectorState now = state.detector();
    if (end.status() == RunStatus.RUN_STATUS_DIVERGED && before != Regime.REGIME_DIVERGED) {
      Detection diverged = detector.diverged(state.runId(), now, step);
      progress.change(diverged.change());
      now = diverged.state();
    }
    Detection ended = detector.ended(state.runId(), now, step, sentence);
    progress.change(ended.change());
    progress.moveTo(state.withLives(state.lives().ended(end, before)).withDetector(ended.state()));
  }

  /** For {@link RunFold#unfinished}. */
  static Optional<String> unfinished(RunState state) {
    return Optional.ofNullable(state.lives().nextEnd()).map(end -> sentence(state, end));
  }

  private static String sentence(RunState state, End end) {
    SphericalStep first = state.waiting().first();
    if (first == null && state.sequence().count() == 0) {
      return end.sentenceWithoutSteps();
    }
    StringBuilder text = new StringBuilder(end.sentence(state.reached()));
    if (first != null) {
      text.append("; ")
          .append(Rejections.steps(state.sequence().last() + 1, first.step() - 1))
          .append(" never came");
    }
    if (!end.isOpen() && state.reached() < end.lastStep()) {
      text.append("; steps after %d never came".formatted(state.reached()));
    }
    return text.toString();
  }
}
