package brink.monitor.report;

import brink.monitor.geometry.Motion;
import brink.monitor.geometry.SphericalStep;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the steps of one run by definition, and what the monitor said of the run at
 * them. Takes the steps in their order, once; not thread-safe.
 */
public final class StepDerivation {
  private final Motion motion;
  private final List<RegimeChanged> changes;
  private @Nullable SphericalStep previous;
  private double flowTime;

  /**
   * Of a run.
   *
   * @param changes its regime changes, in the order of the topic
   */
  public StepDerivation(RunStarted started, List<RegimeChanged> changes) {
    this.motion = Motion.of(started);
    this.changes =
        changes.stream()
            .filter(change -> saysSomethingOfTheEdge(change.getTo()))
            .sorted(Comparator.comparingLong(RegimeChanged::getDetectedAtStep))
            .toList();
  }

  /**
   * What follows from a step; null is not known.
   *
   * @param effectiveLearningRate η̃
   * @param stabilityRatio s, at the midpoint if measured there, else at the iterate
   * @param edgeSharpness λ₁ at which s is 1: 2(1 + β)/η̃
   * @param flowTime τ up to and including the step; null for a step that came late or twice
   * @param regime that held after the step, by the verdicts that had come by then; null where there
   *     are none
   * @param episode number of the edge episode
   */
  public record Derived(
      @Nullable Double effectiveLearningRate,
      @Nullable Double stabilityRatio,
      @Nullable Double edgeSharpness,
      @Nullable Double flowTime,
      @Nullable Regime regime,
      @Nullable Integer episode) {}

  /** What follows from the next step. */
  public Derived of(StepObserved observed) {
    RegimeChanged last = lastChange(observed.getStep());
    Regime regime = last != null ? last.getTo() : changes.isEmpty() ? null : Regime.REGIME_STARTING;
    Integer episode = last != null && last.hasEpisode() ? (Integer) last.getEpisode() : null;
    if (!SphericalStep.isComplete(observed)) {
      return new Derived(null, null, null, null, regime, episode);
    }
    SphericalStep step = SphericalStep.of(observed, motion, 0);
    return new Derived(
        step.effectiveLearningRate(),
        step.stabilityRatio(),
        2 / step.alternatingLearningRate(),
        advance(step),
        regime,
        episode);
  }

  private @Nullable Double advance(SphericalStep step) {
    SphericalStep before = previous;
    if (before != null && step.step() <= before.step()) {
      return null;
    }
    flowTime = step.flowTimeAfter(before, flowTime);
    previous = step;
    return flowTime;
  }

  private @Nullable RegimeChanged lastChange(long step) {
    RegimeChanged last = null;
    for (RegimeChanged change : changes) {
      if (change.getDetectedAtStep() > step) {
        break;
      }
      last = change;
    }
    return last;
  }

  private static boolean saysSomethingOfTheEdge(Regime regime) {
    return switch (regime) {
      case REGIME_ENDED, REGIME_STALLED, REGIME_UNSPECIFIED, UNRECOGNIZED -> false;
      default -> true;
    };
  }
}
