package brink.monitor.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** One gauge for each eigenvalue, rank 1 for the largest. */
final class RankedGauges {
  private final MeterRegistry registry;
  private final Measure measure;
  private final Tags run;
  private final List<OptionalGauge> gauges = new ArrayList<>();

  RankedGauges(MeterRegistry registry, Measure measure, Tags run) {
    this.registry = registry;
    this.measure = measure;
    this.run = run;
  }

  void show(List<Double> values) {
    while (gauges.size() < values.size()) {
      String rank = Integer.toString(gauges.size() + 1);
      gauges.add(new OptionalGauge(registry, measure, run.and("rank", rank)));
    }
    for (int i = 0; i < gauges.size(); i++) {
      gauges.get(i).show(i < values.size() ? values.get(i) : null);
    }
  }

  void hide() {
    gauges.forEach(OptionalGauge::hide);
  }
}
