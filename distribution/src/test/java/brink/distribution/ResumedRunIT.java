package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.trainer.checkpoint.CheckpointFile;
import brink.trainer.checkpoint.CheckpointFolder;
import brink.trainer.publish.PublishedSteps;
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
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed, resumed, stopped and resumed again is the run that was not. */
final class ResumedRunIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STEPS = 4_000;
  private static final String RUN = "much-interrupted";

  /** What two runs of the same trajectory may differ in. */
  private static final Set<String> OF_THE_CLOCK =
      Set.of("run_id", "observed_at", "gradient_ns", "curvature_ns", "publish_ns");

  @TempDir Path folder;

  @Test
  void run_killedAndStoppedAndResumed_isTheSameRunToTheBit() throws IOException {
    try (BrokerAndMonitor both = BrokerAndMonitor.start(folder)) {
      String servers = both.servers();
      Monitor monitor = both.monitor();
      String checkpoints = folder.resolve("checkpoints").toString();
      String[] paced = {"--bootstrap-servers", servers, "--rate", "150"};
      life(
          300,
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
          newestCheckpoint() + 300,
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
      check(servers, STEPS, "--weight-decay", "0.02");
      Program.Result replay =
          Program.run("replay", "--verify", "--run", RUN, "--bootstrap-servers", servers);
      assertThat(replay.out()).contains("verified");
      assertThat(replay.exitCode()).isZero();
      assertThat(both.isMonitorAlive()).isTrue();
    }
  }

  @Test
  void run_ofDl4jModelKilledAndResumed_isTheSameRunToTheBit() throws IOException {
    Path model = folder.resolve("model.zip");
    ModelSerializer.writeModel(Dl4jTrainingIT.perceptron(), model.toFile(), false);
    int steps = 1_000;
    String[] what = {
      "--problem", "dl4j:" + model, "--data", "synthetic:teacher?n=40&d=6&classes=3&test=0"
    };
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      String servers = broker.bootstrapServers();
      String checkpoints = folder.resolve("checkpoints").toString();
      life(
          200,
          ProgramProcess::kill,
          arguments(
              what,
              "--bootstrap-servers",
              servers,
              "--rate",
              "150",
              "--run-id",
              RUN,
              "--steps",
              "" + steps,
              "--checkpoint-dir",
              checkpoints,
              "--checkpoint-every",
              "50"));
      Program.Result rest =
          Program.run("train", "--resume", checkpoints, "--bootstrap-servers", servers);
      assertThat(rest.exitCode()).withFailMessage(rest.err()).isZero();
      assertThat(Program.run("runs", "--json", "--bootstrap-servers", servers).out())
          .contains("exact Hessian-vector products");
      check(servers, steps, what);
    }
  }

  private static String[] arguments(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private long newestCheckpoint() {
    return CheckpointFolder.newestFirst(folder.resolve("checkpoints")).stream()
        .findFirst()
        .map(file -> CheckpointFile.read(file).nextStep())
        .orElse(0L);
  }

  /** A trainer that is ended once it has a checkpoint of a step. */
  private void life(long until, Consumer<ProgramProcess> end, String... arguments)
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
          .until(() -> newestCheckpoint() >= until);
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

  private static void check(String servers, int steps, String... what) {
    Program.Result whole =
        Program.run(
            arguments(
                what, "--bootstrap-servers", servers, "--run-id", "whole", "--steps", "" + steps));
    assertThat(whole.exitCode()).isZero();
    List<List<String>> expected = export(servers, "whole");
    List<List<String>> found = export(servers, RUN);
    assertThat(found.stream().map(row -> Long.valueOf(row.getFirst())))
        .containsExactlyElementsOf(LongStream.range(0, steps).boxed().toList());
    assertThat(found).isEqualTo(expected);
    KafkaSettings kafka = KafkaSettings.of(servers);
    assertThat(PublishedSteps.find(kafka, RUN, 0).lastStep()).hasValue(steps - 1);
    // no record is as young as this: the whole topic is looked through
    assertThat(PublishedSteps.find(kafka, RUN, Long.MAX_VALUE).lastStep()).hasValue(steps - 1);
    assertThat(PublishedSteps.find(kafka, "another", 0).lastStep()).isEmpty();
    try (TopicReader rejected = TopicReader.open(kafka, Topic.REJECTED)) {
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
