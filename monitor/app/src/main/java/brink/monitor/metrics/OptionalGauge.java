package brink.monitor.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * A gauge that exists only while its value is known: what was not measured is absent from a scrape,
 * neither 0 nor NaN. One thread writes at a time, any thread may scrape.
 */
final class OptionalGauge {
  private final MeterRegistry registry;
  private final Measure measure;
  private final Tags tags;
  private volatile double value;
  private @Nullable Gauge gauge;

  OptionalGauge(MeterRegistry registry, Measure measure, Tags tags) {
    this.registry = registry;
    this.measure = measure;
    this.tags = tags;
  }

  /** Shows the value; null and values that are not finite are shown as absent. */
  void show(@Nullable Double shown) {
    if (shown == null || !Double.isFinite(shown)) {
      hide();
    } else {
      show(shown.doubleValue());
    }
  }

  void show(double shown) {
    value = shown;
    if (gauge == null) {
      gauge =
          Gauge.builder(measure.meterName(), this, OptionalGauge::value)
              .description(measure.description())
              .tags(tags)
              .strongReference(true)
              .register(registry);
    }
  }

  void hide() {
    if (gauge != null) {
      registry.remove(gauge);
      gauge = null;
    }
  }

  private double value() {
    return value;
  }
}
