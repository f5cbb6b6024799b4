package brink.distribution.observability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.MadeUpRun;
import brink.distribution.Program;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.schemas.Instants;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of hours ago is brought into a real Prometheus, which then knows when it was where. */
final class BackfillIT {
  private static final String RUN = "of-the-past";
  private static final int STEPS = 600;

  /** The made-up run comes to the edge here; the monitor says so within some ten steps. */
  private static final int EDGE = 300;

  /** Four steps share a millisecond. */
  private static final Duration STEP = Duration.ofNanos(250_000);

  @TempDir Path folder;

  private final Instant start =
      Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);

  @Test
  void backfill_ofARunThatIsOver_isQueriedInPrometheus() throws Exception {
    Path promtool = Programs.require("promtool", "backfill");
    Path prometheusProgram = Programs.require("prometheus", "backfill");
    Path dense = folder.resolve("dense.om");
    Path stretched = folder.resolve("stretched.om");
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      publish(KafkaSettings.of(broker.bootstrapServers()));
      assertThat(backfill(broker, dense))
          .contains("samples at 150 of 600 steps; the others share a time with a later one");
      assertThat(backfill(broker, stretched, "--stretch", "1s"))
          .contains("samples at 600 of 600 steps");
    }
    assertThat(Files.readAllLines(dense)).endsWith("# EOF");
    createBlocks(promtool, stretched);
    try (ChangingMetrics metrics = new ChangingMetrics();
        PrometheusHarness prometheus =
            PrometheusHarness.start(
                prometheusProgram, metrics.uri(), folder.resolve("prometheus"))) {
      assertThat(at(prometheus, "brink_step{run='%s'}", EDGE)).isEqualTo(EDGE);
      assertThat(at(prometheus, "brink_stability_ratio_pair_mean{run='%s'}", EDGE / 2))
          .isBetween(0.6, 0.7);
      assertThat(at(prometheus, "brink_stability_ratio_pair_mean{run='%s'}", EDGE + 100))
          .isBetween(0.99, 1.01);
      assertThat(at(prometheus, "brink_regime{run='%s',regime='STABLE'}", EDGE - 10)).isEqualTo(1);
      assertThat(at(prometheus, "brink_regime{run='%s',regime=~'EDGE|FLOWING'} == 1", EDGE + 100))
          .isEqualTo(1);
    }
  }

  /** What an expression was at a step. */
  private double at(PrometheusHarness prometheus, String expression, int step) {
    double time = start.getEpochSecond() + step + 0.5;
    String selector = expression.formatted(RUN);
    int end = selector.indexOf('}') + 1;
    String then =
        String.format(
            Locale.ROOT, "%s @ %.1f %s", selector.substring(0, end), time, selector.substring(end));
    return prometheus.query(then).getFirst().value();
  }

  private static String backfill(EmbeddedBroker broker, Path file, String... more) {
    String[] arguments = {
      "backfill", "-b", broker.bootstrapServers(), "--run", RUN, "--out", file.toString()
    };
    Program.Result result =
        Program.run(
            List.of(List.of(arguments), List.of(more)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    return result.out();
  }

  private void createBlocks(Path promtool, Path file) throws IOException, InterruptedException {
    Path data = folder.resolve("prometheus/data");
    Files.createDirectories(data);
    Process process =
        new ProcessBuilder(
                promtool.toString(),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                file.toString(),
                data.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private void publish(KafkaSettings kafka) {
    TopicCreation.ensure(kafka, 1, Replication.AUTOMATIC);
    MadeUpRun run = new MadeUpRun(RUN);
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      send(producer, Topic.RUNS, RunEvent.newBuilder().setStarted(run.started()).build());
      Instant at = start;
      for (StepObserved step : run.steps(STEPS)) {
        send(
            producer,
            Topic.STEPS,
            step.toBuilder().setObservedAt(Instants.toTimestamp(at)).build());
        at = at.plus(STEP);
      }
      send(producer, Topic.RUNS, RunEvent.newBuilder().setEnded(run.ended(STEPS - 1)).build());
    }
  }

  private static void send(Producer<String, Message> producer, Topic topic, Message message) {
    var _ = producer.send(new ProducerRecord<>(topic.topicName(), RUN, message));
  }
}
