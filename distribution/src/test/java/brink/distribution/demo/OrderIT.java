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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real monitor and a real broker, with producers whose clocks, partitioners and transactions are
 * what they are: each run gets the verdicts that its own records give.
 */
final class OrderIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(3);
  private static final int STEPS = 400;
  private static final long SECOND = 1_000;

  @TempDir Path folder;

  /** What is tried against a monitor. */
  private interface Trial {
    void run(KafkaSettings kafka, MonitorApp monitor)
        throws InterruptedException, ExecutionException, IOException;
  }

  private void withMonitor(int partitions, Trial trial)
      throws IOException, InterruptedException, ExecutionException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder))) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      TopicCreation.ensure(kafka, partitions, Replication.AUTOMATIC);
      MonitorSettings settings =
          MonitorSettings.of(kafka)
              .withStalledAfter(STALLED_AFTER)
              .servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0);
      try (MonitorApp monitor = new MonitorApp(settings, InstantSource.system())) {
        monitor.start();
        trial.run(kafka, monitor);
      }
    }
  }

  @Test
  void runs_ofProducersWhoseClocksDiffer_areJudgedAsIfTheyHadOne()
      throws IOException, InterruptedException, ExecutionException {
    withMonitor(
        1,
        (kafka, monitor) -> {
          try (MadeUpProducer ahead = new MadeUpProducer(kafka, SECOND);
              MadeUpProducer right = new MadeUpProducer(kafka, 0);
              MadeUpProducer behind = new MadeUpProducer(kafka, -3_600 * SECOND);
              MadeUpProducer fast = new MadeUpProducer(kafka, 3_600 * SECOND)) {
            ahead.start("a");
            right.start("b");
            behind.start("d");
            ahead.steps("a", 0, 50);
            right.steps("b", 0, 200);
            behind.steps("d", 0, STEPS);
            ahead.end("a", 49);
            right.start("c");
            right.steps("c", 0, STEPS);
            right.steps("b", 200, STEPS);
            fast.end("d", STEPS - 1L);
            right.end("c", STEPS - 1L);
            right.end("b", STEPS - 1L);
          }
          awaitRegimes(monitor, Regime.REGIME_ENDED, "a", "b", "c", "d");

          assertThat(RejectedRecords.read(kafka).all()).isEmpty();
          for (String runId : List.of("b", "c", "d")) {
            assertThat(changes(monitor, runId))
                .extracting(RegimeChanged::getTo)
                .containsSequence(Regime.REGIME_STABLE, Regime.REGIME_EDGE)
                .endsWith(Regime.REGIME_ENDED);
          }
          Program.Result verified =
              Program.run("replay", "--all", "--verify", "-b", kafka.bootstrapServers());
          assertThat(verified.out()).contains("of 4 of 4 runs are the same");
          assertThat(verified.exitCode()).isZero();
        });
  }

  @Test
  void steps_inOtherPartitionsThanTheirStart_areRefusedWithBothNumbers()
      throws IOException, InterruptedException, ExecutionException {
    withMonitor(
        3,
        (kafka, monitor) -> {
          try (MadeUpProducer producer = new MadeUpProducer(kafka, 0)) {
            producer.startIn(0, "scattered");
            for (int t = 0; t < 30; t++) {
              producer.stepIn(1 + t % 2, "scattered", t);
            }
          }
          await().atMost(PATIENCE).until(() -> RejectedRecords.read(kafka).all().size() == 30);

          assertThat(RejectedRecords.read(kafka).all())
              .extracting(Rejected::getReason)
              .containsOnly(RejectionReason.REJECTION_REASON_WRONG_PARTITION);
          assertThat(RejectedRecords.read(kafka).all().getFirst().getDetail())
              .containsPattern("in partition [12] of brink.steps")
              .contains("in partition 0 of brink.runs");
        });
  }

  @Test
  void silence_behindMarkersOfTransactions_isToldOnceAndLifted()
      throws IOException, InterruptedException, ExecutionException {
    withMonitor(
        1,
        (kafka, monitor) -> {
          try (MadeUpProducer producer = MadeUpProducer.transactional(kafka)) {
            producer.transaction(() -> producer.start("quiet"));
            producer.transaction(() -> producer.steps("quiet", 0, 50));
            producer.abortedTransaction(() -> producer.steps("quiet", 50, 60));
            awaitRegimes(monitor, Regime.REGIME_STALLED, "quiet");
            producer.transaction(() -> producer.steps("quiet", 50, 60));
            producer.transaction(() -> producer.end("quiet", 59));
          }
          awaitRegimes(monitor, Regime.REGIME_ENDED, "quiet");

          assertThat(changes(monitor, "quiet"))
              .extracting(RegimeChanged::getTo)
              .containsExactly(
                  Regime.REGIME_STABLE,
                  Regime.REGIME_STALLED,
                  Regime.REGIME_STABLE,
                  Regime.REGIME_ENDED);
          assertThat(RejectedRecords.read(kafka).all()).isEmpty();
        });
  }

  private static List<RegimeChanged> changes(MonitorApp monitor, String runId) {
    return Objects.requireNonNull(monitor.catalogue().run(runId)).changes();
  }

  private static void awaitRegimes(MonitorApp monitor, Regime regime, String... runIds) {
    for (String runId : runIds) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                RunEntry run = monitor.catalogue().run(runId);
                return run != null && run.regime() == regime;
              });
    }
  }
}
