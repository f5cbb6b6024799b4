package brink.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.monitor.catalogue.TopicReader;
import brink.quickstart.broker.BrokerSettings;
import brink.quickstart.broker.EmbeddedBroker;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed, resumed, stopped and resumed again is the run that was not. */
final class ResumedRunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STEPS = 900;
  private static final String RUN = "much-interrupted";

  /** What two runs of the same trajectory may differ in. */
  private static final Set<String> OF_THE_CLOCK =
      Set.of("run_id", "observed_at", "gradient_ns", "curvature_ns", "publish_ns");

  @TempDir Path folder;

  @Test
  void run_killedAndStoppedAndResumed_isTheSameRunToTheBit() throws IOException {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      String servers = broker.bootstrapServers();
      String httpPort = FreePort.find();
      try (ProgramProcess process =
              ProgramProcess.start(
                  folder.resolve("monitor.log"),
                  "monitor",
                  "--bootstrap-servers",
                  servers,
                  "--http-port",
                  httpPort);
          Monitor monitor = new Monitor(httpPort)) {
        String checkpoints = folder.resolve("checkpoints").toString();
        String[] paced = {"--bootstrap-servers", servers, "--rate", "150"};
        life(
            monitor,
            250,
            ProgramProcess::kill,
            arguments(
                paced,
                "--run-id",
                RUN,
                "--steps",
                "" + STEPS,
                "--weight-decay",
                "0.02",
                "--checkpoint-dir",
                checkpoints,
                "--checkpoint-every",
                "100"));
        life(
            monitor,
            500,
            trainer -> assertThat(trainer.terminate(PATIENCE)).isTrue(),
            arguments(paced, "--resume", checkpoints));
        await().atMost(PATIENCE).until(() -> monitor.isAt(RUN, "REGIME_ENDED"));
        Program.Result last =
            Program.run("train", "--resume", checkpoints, "--bootstrap-servers", servers);
        assertThat(last.err()).isEmpty();
        assertThat(last.exitCode()).isZero();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    monitor.lastStep(RUN) == STEPS - 1
                        && monitor.isAt(RUN, "REGIME_ENDED")
                        && monitor.run(RUN).get("status").getAsString().equals("COMPLETED"));
        check(servers);
        assertThat(process.isAlive()).isTrue();
      }
    }
  }

  private static String[] arguments(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** A trainer that is ended once the monitor has seen a step. */
  private void life(Monitor monitor, long until, Consumer<ProgramProcess> end, String... arguments)
      throws IOException {
    Path log = folder.resolve("trainer-" + until + ".log");
    try (ProgramProcess trainer = ProgramProcess.start(log, arguments)) {
      await()
          .atMost(PATIENCE)
          .failFast(
              () ->
                  assertThat(trainer.isAlive())
                      .withFailMessage(() -> "the trainer ended early: " + text(log))
                      .isTrue())
          .until(() -> monitor.lastStep(RUN) >= until);
      end.accept(trainer);
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void check(String servers) {
    Program.Result whole =
        Program.run(
            "train",
            "--bootstrap-servers",
            servers,
            "--run-id",
            "whole",
            "--steps",
            "" + STEPS,
            "--weight-decay",
            "0.02");
    assertThat(whole.exitCode()).isZero();
    List<List<String>> expected = export(servers, "whole");
    List<List<String>> found = export(servers, RUN);
    assertThat(found.stream().map(row -> Long.valueOf(row.getFirst())))
        .containsExactlyElementsOf(LongStream.range(0, STEPS).boxed().toList());
    assertThat(found).isEqualTo(expected);
    Program.Result replay =
        Program.run("replay", "--verify", "--run", RUN, "--bootstrap-servers", servers);
    assertThat(replay.out()).contains("verified");
    assertThat(replay.exitCode()).isZero();
    try (TopicReader rejected = TopicReader.open(KafkaSettings.of(servers), Topic.REJECTED)) {
      rejected.readToEnd(
          record -> assertThat(record).withFailMessage("rejected: " + record).isNull());
    }
  }

  /** The run's exported steps without what is of the clock; the step's number is in front. */
  private static List<List<String>> export(String servers, String run) {
    Program.Result export = Program.run("export", "--run", run, "--bootstrap-servers", servers);
    assertThat(export.exitCode()).isZero();
    List<List<String>> rows =
        export.out().lines().map(line -> List.of(line.split(",", -1))).toList();
    List<String> names = rows.getFirst();
    int[] kept =
        IntStream.range(0, names.size())
            .filter(i -> !OF_THE_CLOCK.contains(names.get(i)))
            .toArray();
    assertThat(names.get(kept[0])).isEqualTo("step");
    return rows.stream()
        .skip(1)
        .map(row -> IntStream.of(kept).mapToObj(row::get).toList())
        .toList();
  }
}
