package brink.monitor.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * The Prometheus registry of one monitor, with the meters of its JVM, process and Kafka clients.
 */
public final class MonitorRegistry implements AutoCloseable {
  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(new Config());
  private final List<Runnable> closing = new ArrayList<>();

  /**
   * A registry with the meters of the JVM and the process.
   *
   * @param version of Brink, for {@code brink_build_info}
   */
  public MonitorRegistry(String version) {
    Gauge.builder("brink.build.info", () -> 1)
        .description("What is running; always 1.")
        .tags(Tags.of("version", version, "java", Runtime.version().toString()))
        .register(registry);
    JvmGcMetrics gc = new JvmGcMetrics();
    gc.bindTo(registry);
    closing.add(gc::close);
    new ClassLoaderMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Adds the meters of Kafka Streams and its clients. */
  public void bind(KafkaStreams streams) {
    KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
    metrics.bindTo(registry);
    closing.add(metrics::close);
  }

  /** Adds the meter of what {@code /health/ready} says; asked at each scrape. */
  public void bindReadiness(BooleanSupplier ready) {
    Gauge.builder("brink.ready", () -> ready.getAsBoolean() ? 1 : 0)
        .description("Whether the monitor does its work, 0 or 1; /health/ready says why not.")
        .register(registry);
  }

  /** Where meters are registered. */
  public MeterRegistry meters() {
    return registry;
  }

  /**
   * All meters as text.
   *
   * @param contentType {@code text/plain; version=0.0.4} or {@code application/openmetrics-text}
   */
  public String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  @Override
  public void close() {
    closing.reversed().forEach(Runnable::run);
    registry.close();
  }

  private static final class Config implements PrometheusConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    /** Prometheus 2.42 takes a target for down that sends exemplars on gauges. */
    @Override
    public Properties prometheusProperties() {
      Properties properties = new Properties();
      properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
      return properties;
    }
  }
}
