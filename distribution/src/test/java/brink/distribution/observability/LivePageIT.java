package brink.distribution.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.MadeUpRun;
import brink.distribution.Monitor;
import brink.distribution.ProgramProcess;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live page in a real browser that watches a real run. What a person would do is in {@code
 * monitor/page/browser/check.mjs}; here is what it needs around it.
 */
final class LivePageIT {
  private static final String RUN = "watched";
  private static final String SPIKED = "spiked";

  /** More steps than the page shows points at full width. */
  private static final int SPIKED_STEPS = 3_000;

  private static final int SPIKE = 1_234;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A run that comes to the edge and goes on for long enough to be watched. */
  private static final List<String> TRAJECTORY =
      List.of(
          "--name",
          RUN,
          "--steps",
          "3000",
          "--weight-decay",
          "0.02",
          "--rate",
          "70",
          "--predict-flow",
          "20");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void page_usedAsAPersonWould_showsTheRun() throws Exception {
    Path node = Programs.require("node", "live page in a browser");
    var _ = Programs.require("npm", "live page in a browser");
    Path chromium = Programs.require("chromium", "live page in a browser");
    PageChecks checks = PageChecks.installed(node, chromium);
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      String servers = broker.bootstrapServers();
      String httpPort = FreePort.find();
      List<ProgramProcess> monitors = new ArrayList<>();
      List<ProgramProcess> trainers = new ArrayList<>();
      try (Monitor monitor = new Monitor(httpPort)) {
        monitors.add(watch(servers, httpPort));
        await().atMost(PATIENCE).until(monitor::isReady);
        publishSpiked(servers);
        await().atMost(PATIENCE).until(() -> monitor.isAt(SPIKED, "REGIME_ENDED"));
        checks.run(
            List.of(monitor.page("").toString(), RUN, SPIKED, "" + SPIKE, folder.toString()),
            request -> {
              switch (request) {
                case "start" -> trainers.add(train(servers));
                case "kill" -> monitors.getLast().kill();
                case "restart" -> monitors.add(watch(servers, httpPort));
                default -> throw new AssertionError("the page's checks ask for " + request);
              }
            });
      } finally {
        trainers.forEach(ProgramProcess::close);
        monitors.forEach(ProgramProcess::close);
      }
    }
    assertThat(folder.resolve("report.html")).exists();
  }

  private ProgramProcess watch(String servers, String httpPort) throws IOException {
    return ProgramProcess.start(
        folder.resolve("monitor.log"),
        "monitor",
        "-b",
        servers,
        "--http-port",
        httpPort,
        "--instance-id",
        "only");
  }

  private ProgramProcess train(String servers) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "-b", servers, "--run-id", RUN));
    arguments.addAll(TRAJECTORY);
    return ProgramProcess.start(folder.resolve("trainer.log"), arguments.toArray(String[]::new));
  }

  private static void publishSpiked(String servers) {
    MadeUpRun run = new MadeUpRun(SPIKED);
    try (KafkaProducer<String, Message> producer =
        new KafkaProducer<>(
            KafkaSettings.of(servers).producer(),
            new StringSerializer(),
            new MessageSerializer())) {
      send(producer, Topic.RUNS, RunEvent.newBuilder().setStarted(run.started()).build());
      producer.flush();
      for (StepObserved step : run.steps(SPIKED_STEPS)) {
        send(producer, Topic.STEPS, step.getStep() == SPIKE ? spiked(step) : step);
      }
      RunEvent.Builder end = RunEvent.newBuilder().setEnded(run.ended(SPIKED_STEPS - 1));
      send(producer, Topic.RUNS, end.build());
    }
  }

  private static StepObserved spiked(StepObserved step) {
    StepObserved.Builder spiked = step.toBuilder();
    var sharpness = spiked.getSharpnessBuilder(0);
    sharpness.setEigenvalues(0, 3 * sharpness.getEigenvalues(0));
    return spiked.build();
  }

  private static void send(KafkaProducer<String, Message> producer, Topic topic, Message message) {
    var _ = producer.send(new ProducerRecord<>(topic.topicName(), SPIKED, message));
  }
}
