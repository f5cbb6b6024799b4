package brink.monitor.replay;

import brink.monitor.run.Outcome;
import brink.monitor.run.RunState;
import brink.monitor.topology.RunObserver;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import java.util.EnumMap;
import java.util.Map;

/** Adds up how long one run is in each regime: a step counts for the regime after it. */
final class RegimeClock implements RunObserver {
  private final Map<Regime, Stay> stays = new EnumMap<>(Regime.class);
  private long lastStep = -1;
  private double flowTime;

  @Override
  public void onStep(StepObserved step, Outcome outcome) {
    RunState state = outcome.state();
    long last = state.lastStep().orElse(-1);
    if (last <= lastStep) {
      return; // The step was not used.
    }
    long steps = lastStep < 0 ? 1 : last - lastStep;
    stays.merge(regime(outcome), new Stay(steps, state.flowTime() - flowTime), Stay::plus);
    lastStep = last;
    flowTime = state.flowTime();
  }

  Map<Regime, Stay> stays() {
    return stays;
  }

  /** The end takes no time: the last step counts for the regime before it. */
  private static Regime regime(Outcome outcome) {
    Regime regime = outcome.state().regime();
    if (regime != Regime.REGIME_ENDED || outcome.changes().isEmpty()) {
      return regime;
    }
    RegimeChanged end = outcome.changes().getLast();
    return end.getFrom();
  }
}
