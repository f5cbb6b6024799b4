package brink.bench.detection;

import brink.monitor.run.Outcome;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;

/** What the monitor said of a stream. */
record Verdicts(List<RegimeChanged> changes, List<FlowFitted> fits) {
  static Verdicts of(RunFold fold, RunStarted started, List<StepObserved> steps) {
    List<RegimeChanged> changes = new ArrayList<>();
    List<FlowFitted> fits = new ArrayList<>();
    RunState state = fold.start(started);
    for (StepObserved step : steps) {
      Outcome outcome = fold.step(state, step);
      state = outcome.state();
      changes.addAll(outcome.changes());
      fits.addAll(outcome.fits());
    }
    return new Verdicts(changes, fits);
  }

  /** Entries into the edge from a regime that is not at it. */
  List<RegimeChanged> entries() {
    return changes.stream()
        .filter(change -> change.getTo() == Regime.REGIME_EDGE && !isAtEdge(change.getFrom()))
        .toList();
  }

  List<RegimeChanged> catapults() {
    return changes.stream().filter(c -> c.getTo() == Regime.REGIME_CATAPULT).toList();
  }

  /** The regime in which the run was said to be after a step. */
  Regime regimeAt(long step) {
    Regime regime = Regime.REGIME_STARTING;
    for (RegimeChanged change : changes) {
      if (change.getDetectedAtStep() > step) {
        break;
      }
      regime = change.getTo();
    }
    return regime;
  }

  private static boolean isAtEdge(Regime regime) {
    return regime == Regime.REGIME_FLOWING || regime == Regime.REGIME_SETTLED;
  }
}
