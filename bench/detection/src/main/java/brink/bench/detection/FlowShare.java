package brink.bench.detection;

import brink.bench.detection.Label.Episode;
import brink.v1.Regime;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the monitor said while the flow held by {@link FlowLaw}.
 *
 * @param said units of flow time in each regime, of the time that the flow held
 * @param delay from the first such time to the first FLOWING, units; NaN where it was never said
 */
record FlowShare(Map<Regime, Double> said, double delay) {
  /** Units of flow time between two looks. */
  private static final double STRIDE = 0.01;

  static FlowShare of(Trace trace, FlowLaw law, Label label, Verdicts verdicts) {
    Map<Regime, Double> said = new EnumMap<>(Regime.class);
    double held = Double.NaN;
    double delay = Double.NaN;
    for (Episode episode : label.episodes()) {
      double end = trace.flowTime()[FlowScore.undisturbed(label, episode)] - FlowLaw.REACH;
      double start = FlowScore.settled(trace, episode) + FlowLaw.REACH;
      for (double time = start; time <= end; time += STRIDE) {
        if (!law.holds(time)) {
          continue;
        }
        held = Double.isNaN(held) ? time : held;
        Regime regime = verdicts.regimeAt(law.step(time));
        said.merge(regime, STRIDE, Double::sum);
        if (regime == Regime.REGIME_FLOWING && Double.isNaN(delay)) {
          delay = time - held;
        }
      }
    }
    return new FlowShare(said, delay);
  }

  /** Units of flow time for which the flow held. */
  double held() {
    return said.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Units of them in a regime. */
  double in(Regime regime) {
    return said.getOrDefault(regime, 0.0);
  }
}
