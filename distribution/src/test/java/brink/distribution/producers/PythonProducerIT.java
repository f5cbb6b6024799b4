package brink.distribution.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.Program;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.distribution.observability.Programs;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.catalogue.RunEntry;
import brink.schemas.KafkaSettings;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the page, as it stands there, with a real broker and a real monitor. */
final class PythonProducerIT {
  private static final Path PROTOS = Path.of("../schemas/src/main/proto").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void producer_ofThePage_reachesTheEdgeAndPassesTheCheck() throws Exception {
    Path protoc = Programs.require("protoc", "the producer of docs/producers.md");
    Path python =
        Programs.requirePython(
            "the producer of docs/producers.md", "confluent_kafka", "google.protobuf");
    generate(protoc);
    Files.writeString(folder.resolve("producer.py"), ProducersPage.read().code("python"));
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      MonitorSettings settings =
          MonitorSettings.of(kafka).servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0);
      try (MonitorApp monitor = new MonitorApp(settings, InstantSource.system())) {
        monitor.start();
        String runId =
            run(List.of(python.toString(), "producer.py", broker.bootstrapServers())).strip();

        await().atMost(PATIENCE).until(() -> regimes(monitor, runId).contains(Regime.REGIME_ENDED));
        assertThat(regimes(monitor, runId))
            .startsWith(Regime.REGIME_STABLE, Regime.REGIME_EDGE)
            .doesNotContain(Regime.REGIME_FLOWING);
        Program.Result check =
            Program.run("check", "--run", runId, "--bootstrap-servers", broker.bootstrapServers());
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(check.out())
            .contains("no step is missing", "rejected  none", "gradient descent")
            .containsPattern("gradient_cosine +2,999 +every step")
            .containsPattern("FLOWING, a test of the flow +no +sharpness");
      }
    }
  }

  private static List<Regime> regimes(MonitorApp monitor, String runId) {
    return monitor.catalogue().runs().stream()
        .filter(run -> run.runId().equals(runId))
        .map(RunEntry::changes)
        .flatMap(List::stream)
        .map(RegimeChanged::getTo)
        .toList();
  }

  private void generate(Path protoc) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                protoc.toString(),
                "--python_out=.",
                "-I",
                PROTOS.toString(),
                "-I",
                "/usr/include"));
    try (Stream<Path> files = Files.list(PROTOS.resolve("brink/v1"))) {
      files.map(Path::toString).sorted().forEach(command::add);
    }
    run(command);
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return output;
  }
}
