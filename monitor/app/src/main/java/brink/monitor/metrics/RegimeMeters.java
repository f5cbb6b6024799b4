package brink.monitor.metrics;

import brink.v1.Regime;
import brink.v1.RegimeChanged;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A run's regime as 0/1 for every regime, and the changes counted. */
final class RegimeMeters {
  private static final String PREFIX = "REGIME_";

  private final MeterRegistry registry;
  private final Tags run;
  private final Map<Regime, OptionalGauge> gauges = new EnumMap<>(Regime.class);
  private final List<Counter> changes = new ArrayList<>();
  private Regime shown = Regime.REGIME_UNSPECIFIED;

  RegimeMeters(MeterRegistry registry, Tags run) {
    this.registry = registry;
    this.run = run;
    for (Regime regime : Regime.values()) {
      if (isShown(regime)) {
        gauges.put(
            regime, new OptionalGauge(registry, Measure.REGIME, run.and("regime", label(regime))));
      }
    }
  }

  void show(Regime regime) {
    if (regime == shown) {
      return;
    }
    shown = regime;
    gauges.forEach((each, gauge) -> gauge.show(each == regime ? 1.0 : 0.0));
  }

  void count(RegimeChanged change) {
    Counter counter =
        Counter.builder("brink.regime.changes")
            .description("Regime changes.")
            .tags(run.and("from", label(change.getFrom()), "to", label(change.getTo())))
            .register(registry);
    counter.increment();
    changes.add(counter);
  }

  void hide() {
    gauges.values().forEach(OptionalGauge::hide);
    changes.forEach(registry::remove);
    changes.clear();
    shown = Regime.REGIME_UNSPECIFIED;
  }

  /** Whether it is one that runs can be in. */
  static boolean isShown(Regime regime) {
    return regime != Regime.REGIME_UNSPECIFIED && regime != Regime.UNRECOGNIZED;
  }

  static String label(Regime regime) {
    return regime.name().substring(PREFIX.length());
  }
}
