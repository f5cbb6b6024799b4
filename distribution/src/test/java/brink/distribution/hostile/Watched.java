package brink.distribution.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.Monitor;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.topology.RunObserver;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.TopicCreation;
import brink.v1.Regime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A broker whose topics have one partition, so that whatever stops it stops every run, and a
 * monitor on it.
 */
final class Watched implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int LARGE = 256 << 20;

  private final EmbeddedBroker broker;
  private final KafkaSettings kafka;
  private final MonitorApp app;
  private final Monitor http;

  private Watched(EmbeddedBroker broker, KafkaSettings kafka, MonitorApp app) {
    this.broker = broker;
    this.kafka = kafka;
    this.app = app;
    this.http = new Monitor(Integer.toString(app.uri().getPort()));
  }

  /** What has to be done to the topics before the monitor starts. */
  interface Preparation {
    void on(KafkaSettings kafka) throws Exception;
  }

  static Watched start(Path folder) throws Exception {
    return start(folder, _ -> {}, InstantSource.system(), RunObserver.NONE);
  }

  static Watched start(
      Path folder, Preparation preparation, InstantSource clock, RunObserver listener)
      throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder));
    KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
    TopicCreation.ensure(kafka, 1, Replication.AUTOMATIC);
    preparation.on(kafka);
    MonitorApp app =
        new MonitorApp(
            MonitorSettings.of(kafka).servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0),
            clock,
            listener);
    app.start();
    Awaitility.await().atMost(PATIENCE).until(() -> app.reasonsNotReady().isEmpty());
    return new Watched(broker, kafka, app);
  }

  KafkaSettings kafka() {
    return kafka;
  }

  MonitorApp app() {
    return app;
  }

  /** Waits for a condition, even while stream threads die. */
  ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE).dontCatchUncaughtExceptions();
  }

  /** The metrics page. */
  String metrics() {
    return http.metrics();
  }

  /** Stream threads that died. */
  double threadFailures() {
    return http.metrics()
        .lines()
        .filter(line -> line.startsWith("brink_stream_thread_failures_total "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ", 2)[1]))
        .findFirst()
        .orElseThrow();
  }

  /** A producer that compresses, and takes records of any size. */
  KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(kafka.producer());
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGE);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  /** Waits for the end of the healthy run, and compares its verdicts with those it has alone. */
  void healthyRunIsJudgedRight() {
    await().until(this::healthyRunHasEnded);
    RunEntry run = Objects.requireNonNull(app.catalogue().run(HealthyRun.ID));
    assertThat(run.changes()).isEqualTo(HealthyRun.verdicts());
  }

  private boolean healthyRunHasEnded() {
    RunEntry run = app.catalogue().run(HealthyRun.ID);
    return run != null && run.regime() == Regime.REGIME_ENDED;
  }

  @Override
  public void close() throws IOException {
    http.close();
    app.close();
    broker.close();
  }
}
