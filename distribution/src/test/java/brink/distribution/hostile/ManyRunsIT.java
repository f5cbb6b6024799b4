package brink.distribution.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.Monitor;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that only start, with names and tags as large as Kafka takes them: 9 GB in all, into a
 * monitor with 384 MiB.
 */
@Tag("faults")
final class ManyRunsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int RUNS = 10_000;
  private static final String HEAP = "384m";

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void runs_thatOnlyStartedWithHugeNames_harmNeitherMemoryNorAHealthyRun() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
      String port = FreePort.find();
      Path log = folder.resolve("monitor.log");
      try (MonitorProcess process =
              MonitorProcess.start(broker.bootstrapServers(), port, HEAP, log);
          Monitor monitor = new Monitor(port);
          KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
        HealthyRun healthy = new HealthyRun(producer);
        healthy.start();
        healthy.steps(0, 100);
        for (int i = 0; i < RUNS; i++) {
          String id = "huge-" + i;
          var _ =
              producer.send(
                  new ProducerRecord<>(
                      Topic.RUNS.topicName(), id.getBytes(UTF_8), start(id).toByteArray()));
        }
        producer.flush();
        healthy.steps(100, HealthyRun.STEPS);
        healthy.end();

        await().atMost(PATIENCE).until(() -> monitor.isAt(HealthyRun.ID, "REGIME_ENDED"));
        await().atMost(PATIENCE).until(() -> total(monitor) == RUNS + 1);
        assertThat(regimes(monitor.run(HealthyRun.ID).getAsJsonArray("regime_changes")))
            .isEqualTo(HealthyRun.verdicts().stream().map(each -> each.getTo().name()).toList());
        assertThat(process.isAlive()).isTrue();
        HttpResponse<String> page = get(monitor, "api/runs?limit=1000");
        assertThat(JsonParser.parseString(page.body()).getAsJsonArray()).hasSize(1_000);
        // At most some 10 KiB a run.
        assertThat(page.body()).hasSizeLessThan(10_000_000);
        // 13 series of a run that only started, of at most some 150 bytes and 10 labels of 200.
        assertThat(monitor.metrics()).hasSizeLessThan(RUNS * 5_000);
      }
    }
  }

  private static RunEvent start(String id) {
    String half = "x".repeat(450_000);
    return RunEvent.newBuilder()
        .setStarted(RunStarted.newBuilder().setRunId(id).setName(half).putTags("tag", half))
        .build();
  }

  private static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.producer());
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  private int total(Monitor monitor) throws Exception {
    HttpResponse<String> page = get(monitor, "api/runs?limit=1");
    return page.headers().firstValue("X-Total-Count").map(Integer::parseInt).orElse(0);
  }

  private HttpResponse<String> get(Monitor monitor, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(monitor.page(path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> regimes(JsonArray changes) {
    List<String> regimes = new ArrayList<>();
    for (JsonElement change : changes) {
      regimes.add(change.getAsJsonObject().get("to").getAsString());
    }
    return regimes;
  }
}
