package brink.distribution.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.Program;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.catalogue.RunEntry;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.TopicCreation;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad record, while a good run goes on in the same partition. */
final class BadInputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HEALTHY = "healthy";

  @TempDir Path folder;

  @Test
  void monitor_badRecords_areRejectedWholeAndTheGoodRunGoesOn()
      throws IOException, InterruptedException, ExecutionException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder))) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      // One partition: whatever stops it stops every run.
      TopicCreation.ensure(kafka, 1, Replication.AUTOMATIC);
      MonitorSettings settings =
          MonitorSettings.of(kafka).servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0);
      try (MonitorApp monitor = new MonitorApp(settings, InstantSource.system())) {
        monitor.start();
        CompletableFuture<Program.Result> training = train(kafka);
        await().atMost(PATIENCE).until(() -> hasSteps(monitor));

        Map<BadRecord, RecordMetadata> sent = sendAll(kafka, monitor);
        await()
            .atMost(PATIENCE)
            .until(() -> RejectedRecords.read(kafka).all().size() >= sent.size());
        RejectedRecords rejected = RejectedRecords.read(kafka);
        sent.forEach((bad, at) -> isRejectedWhole(bad, at, rejected));
        assertThat(rejected.all()).hasSameSizeAs(sent.keySet());

        assertThat(training.join().exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> isEnded(monitor, HEALTHY));
        isUnharmed(kafka, monitor);
      }
    }
  }

  private static CompletableFuture<Program.Result> train(KafkaSettings kafka) {
    return Program.start(
        "train",
        "-b",
        kafka.bootstrapServers(),
        "--run-id",
        HEALTHY,
        "--steps",
        "1000",
        "--rate",
        "200");
  }

  private static Map<BadRecord, RecordMetadata> sendAll(KafkaSettings kafka, MonitorApp monitor)
      throws InterruptedException, ExecutionException {
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<BadRecord, RecordMetadata> sent = new LinkedHashMap<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka.producer(), bytes, bytes)) {
      for (BadRecord record : BadRecord.beforeTheEnd()) {
        RecordMetadata at = producer.send(record.record()).get();
        if (record.reason() != RejectionReason.REJECTION_REASON_UNSPECIFIED) {
          sent.put(record, at);
        }
      }
      await().atMost(PATIENCE).until(() -> isEnded(monitor, BadRecord.RUN));
      BadRecord late = BadRecord.afterTheEnd();
      sent.put(late, producer.send(late.record()).get());
    }
    return sent;
  }

  private static void isRejectedWhole(BadRecord bad, RecordMetadata at, RejectedRecords rejected) {
    assertThat(rejected.about(at))
        .as(bad.name())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.getReason()).isEqualTo(bad.reason());
              assertThat(finding.getDetail()).isNotBlank();
              assertThat(finding.getKey()).isEqualTo(bytes(bad.record().key()));
              assertThat(finding.getValue()).isEqualTo(bytes(bad.record().value()));
            });
  }

  private static ByteString bytes(byte @Nullable [] value) {
    return value == null ? ByteString.EMPTY : ByteString.copyFrom(value);
  }

  private static void isUnharmed(KafkaSettings kafka, MonitorApp monitor) {
    RunEntry run = Objects.requireNonNull(monitor.catalogue().run(HEALTHY));
    assertThat(run.lastStep()).isEqualTo(999);
    assertThat(run.changes())
        .extracting(RegimeChanged::getTo)
        .containsExactly(Regime.REGIME_STABLE, Regime.REGIME_ENDED);
    assertThat(RejectedRecords.read(kafka).all())
        .extracting(Rejected::getRunId)
        .doesNotContain(HEALTHY);
    for (String verifiable : new String[] {HEALTHY, BadRecord.RUN}) {
      Program.Result replay =
          Program.run("replay", "--run", verifiable, "--verify", "-b", kafka.bootstrapServers());
      assertThat(replay.out()).contains("verified");
      assertThat(replay.exitCode()).isZero();
    }
  }

  private static boolean hasSteps(MonitorApp monitor) {
    RunEntry run = monitor.catalogue().run(HEALTHY);
    return run != null && run.lastStep() != null;
  }

  private static boolean isEnded(MonitorApp monitor, String runId) {
    RunEntry run = monitor.catalogue().run(runId);
    return run != null && run.regime() == Regime.REGIME_ENDED;
  }
}
