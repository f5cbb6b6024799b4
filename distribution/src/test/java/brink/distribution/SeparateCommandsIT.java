package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitor, trainers and readers as separate commands that meet in Kafka alone. */
final class SeparateCommandsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void commands_meetingInKafka_watchTwoRunsAtOnce() throws IOException {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      Path config = folder.resolve("client.properties");
      Files.writeString(
          config,
          "bootstrap.servers=%s\nclient.id=brink-it\n".formatted(broker.bootstrapServers()));
      String httpPort = FreePort.find();
      try (ProgramProcess process =
              ProgramProcess.start(
                  folder.resolve("monitor.log"),
                  "monitor",
                  "--config",
                  config.toString(),
                  "--http-port",
                  httpPort,
                  "--instance-id",
                  "only",
                  "--set",
                  "detector.startSamples=12");
          Monitor monitor = new Monitor(httpPort)) {
        List<CompletableFuture<Program.Result>> training =
            List.of(train(config, "one", "150"), train(config, "two", "120"));
        training.forEach(run -> assertThat(run.join().exitCode()).isZero());
        for (String run : List.of("one", "two")) {
          await().atMost(PATIENCE).until(() -> monitor.isAt(run, "REGIME_ENDED"));
        }
        assertThat(monitor.lastStep("one")).isEqualTo(149);
        Program.Result again = train(config, "one", "5").join();
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("there is a run one already").contains("--resume");
        readersAgree(config);
        assertThat(process.terminate(Duration.ofSeconds(30))).isTrue();
      }
    }
  }

  private static CompletableFuture<Program.Result> train(Path config, String run, String steps) {
    return Program.start(
        "train", "--config", config.toString(), "--run-id", run, "--steps", steps, "--tag", "it=1");
  }

  private static void readersAgree(Path config) {
    Program.Result runs = Program.run("runs", "--json", "--config", config.toString());
    assertThat(runs.exitCode()).isZero();
    assertThat(runs.out()).contains("\"run_id\":\"one\"", "\"run_id\":\"two\"", "COMPLETED");

    Program.Result export = Program.run("export", "--run", "two", "--config", config.toString());
    assertThat(export.exitCode()).isZero();
    // The header and a line for each step.
    assertThat(export.out().lines()).hasSize(121);

    Program.Result replay =
        Program.run("replay", "--verify", "--run", "one", "--config", config.toString());
    assertThat(replay.out()).contains("verified", "replayed with detector.startSamples=12");
    assertThat(replay.exitCode()).isZero();

    Program.Result whatIf =
        Program.run(
            "replay",
            "--run",
            "one",
            "--set",
            "detector.startSamples=15",
            "--config",
            config.toString());
    assertThat(whatIf.exitCode()).isZero();
    assertThat(whatIf.out())
        .contains("baseline  detector.startSamples=12", "changed   detector.startSamples=15")
        .contains("recorded regime changes are the baseline's", "3 steps later")
        .endsWith("differ: of 2 regime changes 1 changed (by 3 steps at most)\n");

    Program.Result doctor = Program.run("doctor", "--config", config.toString());
    assertThat(doctor.out()).doesNotContain("FAIL", "WARN");
    assertThat(doctor.exitCode()).isZero();
  }
}
