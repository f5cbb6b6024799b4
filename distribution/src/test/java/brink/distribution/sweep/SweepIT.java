package brink.distribution.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.Program;
import brink.distribution.ProgramProcess;
import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.RunEntry.Status;
import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps against a broker with a monitor, which is a process of its own. */
final class SweepIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Path STUDY = Path.of("..", "docs", "studies", "heavy-ball.yaml");

  @TempDir private Path folder;
  private EmbeddedBroker broker;
  private ProgramProcess monitor;
  private KafkaSettings kafka;

  @BeforeEach
  void start() throws IOException {
    broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")));
    kafka = KafkaSettings.of(broker.bootstrapServers());
    monitor =
        ProgramProcess.start(
            folder.resolve("monitor.log"),
            "monitor",
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--http-port",
            "0");
  }

  @AfterEach
  void stop() {
    monitor.close();
    broker.close();
  }

  private String[] sweep(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("sweep", "--bootstrap-servers", broker.bootstrapServers()));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private List<RunEntry> group(String group) {
    return RunCatalogue.read(kafka).stream()
        .filter(run -> run.started() != null && run.started().getGroup().equals(group))
        .toList();
  }

  private boolean isOver(String runId) {
    return group("g").stream()
        .anyMatch(run -> run.runId().equals(runId) && run.status() == Status.COMPLETED);
  }

  @Test
  void sweep_withADivergingRun_trainsTheOthersAndTells() {
    Path html = folder.resolve("sweep.html");
    String[] command =
        sweep(
            "--lr",
            "0.5,1e200,0.25",
            "--wd",
            "0",
            "--steps",
            "300",
            "--seed",
            "1..2",
            "--group",
            "g",
            "--map",
            "loss",
            "--html",
            html.toString());

    Program.Result first = Program.run(command);

    assertThat(first.exitCode()).isEqualTo(1);
    assertThat(first.out().lines().filter(line -> line.contains("COMPLETED"))).hasSize(4);
    assertThat(first.out().lines().filter(line -> line.contains("DIVERGED"))).hasSize(2);
    assertThat(first.out()).contains("STABLE", "last loss (lr across;", "wrote " + html);
    assertThat(html).content().contains("<svg", "g-lr0.25-seed2");
    assertThat(group("g")).hasSize(6);

    Program.Result again = Program.run(command);

    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(group("g")).hasSize(6);
  }

  @Test
  void sweep_killed_goesOnWithTheSameCommand() throws IOException {
    String checkpoints = folder.resolve("checkpoints").toString();
    String[] command =
        sweep(
            "--lr",
            "0.25,0.5,0.1",
            "--steps",
            "8000",
            "--parallel",
            "1",
            "--group",
            "g",
            "--checkpoint-dir",
            checkpoints,
            "--checkpoint-every",
            "500");
    Path second = folder.resolve("checkpoints").resolve("g-lr0.5");
    killOnce(second, command);
    assertThat(isOver("g-lr0.25")).isTrue();

    Program.Result rest = Program.run(command);

    assertThat(rest.exitCode()).withFailMessage(rest.err()).isZero();
    assertThat(group("g"))
        .extracting(RunEntry::runId)
        .containsExactlyInAnyOrder("g-lr0.25", "g-lr0.5", "g-lr0.1");
    assertThat(group("g")).allMatch(run -> run.status() == Status.COMPLETED);
    assertThat(rest.out().lines().filter(line -> line.contains("COMPLETED"))).hasSize(3);
    Program.Result resumed =
        Program.run("export", "--run", "g-lr0.5", "--bootstrap-servers", broker.bootstrapServers());
    assertThat(resumed.out().lines()).hasSize(8_001);
    requireNothingRejected();
  }

  @Test
  void sweep_killedWithoutCheckpoints_beginsTheInterruptedRunAnew() throws IOException {
    String[] command =
        sweep("--lr", "0.25,0.5", "--steps", "8000", "--parallel", "1", "--group", "g");
    try (ProgramProcess killed = ProgramProcess.start(folder.resolve("sweep.log"), command)) {
      await()
          .atMost(PATIENCE)
          .until(() -> group("g").stream().anyMatch(run -> run.runId().equals("g-lr0.5")));
      killed.kill();
    }

    Program.Result rest = Program.run(command);

    assertThat(rest.exitCode()).withFailMessage(rest.err()).isZero();
    assertThat(group("g"))
        .extracting(RunEntry::runId)
        .containsExactlyInAnyOrder("g-lr0.25", "g-lr0.5", "g-lr0.5-2");
    assertThat(rest.out()).contains("g-lr0.5-2").doesNotContain("FAILED");
    RunEntry left =
        group("g").stream().filter(run -> run.runId().equals("g-lr0.5")).findFirst().orElseThrow();
    assertThat(left.status()).isEqualTo(Status.FAILED);
    assertThat(Objects.requireNonNull(left.ended()).getReason())
        .contains("its sweep runs it anew as g-lr0.5-2");
  }

  @Test
  void study_ofTheDocumentation_isTrained() {
    Program.Result result =
        Program.run(sweep("--study", STUDY.toString(), "--steps", "200", "--map", "outcome"));

    assertThat(result.exitCode()).withFailMessage(result.err()).isZero();
    assertThat(result.out()).startsWith("ARM");
    assertThat(group("heavy-ball"))
        .hasSize(6)
        .allMatch(run -> run.status() == Status.COMPLETED)
        .allMatch(run -> Objects.requireNonNull(run.started()).containsTags("arm"));
    requireNothingRejected();
  }

  private void killOnce(Path checkpoints, String[] command) throws IOException {
    Path log = folder.resolve("sweep.log");
    try (ProgramProcess process = ProgramProcess.start(log, command)) {
      await()
          .atMost(PATIENCE)
          .failFast(() -> assertThat(process.isAlive()).isTrue())
          .until(() -> Files.isDirectory(checkpoints) && hasCheckpoint(checkpoints));
      process.kill();
    }
  }

  private static boolean hasCheckpoint(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".checkpoint"));
    }
  }

  private void requireNothingRejected() {
    try (TopicReader rejected = TopicReader.open(kafka, Topic.REJECTED)) {
      rejected.readToEnd(
          record -> assertThat(record).withFailMessage("rejected: " + record).isNull());
    }
  }
}
