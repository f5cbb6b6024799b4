package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.catalogue.RunEntry;
import brink.schemas.Instants;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.Regime;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What can be learned of recorded runs and taken along, on a broker with three of them. */
@TestInstance(Lifecycle.PER_CLASS)
final class RecordsOfRunsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STEPS = 500;
  private static final int SHORT = 200;

  private Path folder;
  private EmbeddedBroker broker;

  @BeforeAll
  void record(@TempDir Path temporary) throws Exception {
    folder = temporary;
    broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")));
    KafkaSettings kafka = kafka(broker);
    TopicCreation.ensure(kafka, 3, Replication.AUTOMATIC);
    publish(kafka, "reaches", "ordinary name", STEPS, true);
    publish(kafka, "stays", "evil \u001b[2Jname\u009b", SHORT, true);
    publish(kafka, "abandoned", "", SHORT, false);
    judge(kafka, folder.resolve("state"), "reaches", "stays");
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  private static KafkaSettings kafka(EmbeddedBroker of) {
    return KafkaSettings.of(of.bootstrapServers());
  }

  private static void publish(KafkaSettings kafka, String id, String name, int steps, boolean ended)
      throws Exception {
    MadeUpRun run = new MadeUpRun(id);
    RunStarted started =
        run.started().toBuilder()
            .setName(name)
            .setGroup(ended ? "study" : "dead")
            .setStartedAt(Instants.toTimestamp(Instant.now()))
            .setPlannedSteps(STEPS)
            .build();
    try (Producer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      RunEvent start = RunEvent.newBuilder().setStarted(started).build();
      producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), id, start)).get();
      for (StepObserved step : run.steps(steps)) {
        var _ = producer.send(new ProducerRecord<>(Topic.STEPS.topicName(), id, step));
      }
      if (ended) {
        RunEvent end = RunEvent.newBuilder().setEnded(run.ended(steps - 1)).build();
        producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), id, end)).get();
      }
    }
  }

  /** Lets a monitor work until these runs have ended. */
  private static void judge(KafkaSettings kafka, Path state, String... runIds) throws Exception {
    MonitorSettings settings =
        MonitorSettings.of(kafka)
            .named(MonitorSettings.DEFAULT_APPLICATION_ID, "records-it")
            .servedAt(MonitorSettings.DEFAULT_HTTP_HOST, 0)
            .withStateDir(state);
    try (MonitorApp monitor = new MonitorApp(settings, Clock.systemUTC())) {
      monitor.start();
      for (String runId : runIds) {
        await().atMost(PATIENCE).until(() -> hasEnded(monitor.catalogue().run(runId)));
      }
    }
  }

  private static boolean hasEnded(@Nullable RunEntry run) {
    return run != null && run.regime() == Regime.REGIME_ENDED;
  }

  private Program.Result run(String command) {
    return run(command, broker);
  }

  private static Program.Result run(String command, EmbeddedBroker at) {
    return Program.run((command + " --bootstrap-servers " + at.bootstrapServers()).split(" ", -1));
  }

  @Test
  void runs_always_sayWhatBecameOfEach() {
    Program.Result runs = run("runs --group study");

    assertThat(runs.out().lines().filter(line -> line.startsWith("reaches")))
        .singleElement()
        .asString()
        .contains("study", "0.5", "0.002", "500", "COMPLETED")
        .containsPattern("EDGE@(29|30)\\d");
    assertThat(runs.out().lines().filter(line -> line.startsWith("stays")))
        .singleElement()
        .asString()
        .contains("COMPLETED  STABLE", "evil \\u001b[2Jname\\u009b");
    assertThat(runs.out())
        .contains("2 runs: 1 EDGE, 1 STABLE; 0 running, 0 silent, 0 in trouble")
        .doesNotContain("\u001b", "\u009b");
    assertThat(run("runs --status completed --group study").out().lines()).hasSize(4);
    assertThat(run("runs --status failed --group study").out()).contains("none of 3 runs");
    assertThat(run("runs --group other").out()).contains("none of 3 runs is like that");
    assertThat(run("runs --json --sort edge --group study").out())
        .startsWith("[{\"run_id\":\"reaches\"")
        .contains("\"outcome\":{\"known\":true", "\"sentence\":\"entered the edge at step ");
  }

  @Test
  void report_ofOneRunAndOfAGroup_areLinesAndATable() {
    Program.Result one = run("report --run reaches");
    assertThat(one.exitCode()).isZero();
    assertThat(one.out())
        .startsWith("Run reaches entered the edge at step ")
        .contains("  edge         entered at step ", "  sharpness    ");

    Program.Result group = run("report --group study");
    assertThat(group.out().lines()).hasSize(3);
    assertThat(group.out()).startsWith("RUN").contains("η̃λ₁ AT EDGE");
    assertThat(run("report --group none").err())
        .contains("no run is of the group 'none'; ./brink runs lists them");
    assertThat(run("report").exitCode()).isEqualTo(2);
  }

  @Test
  void export_ofSteps_hasWhatFollowsFromThem() {
    List<String> lines = run("export --run reaches --run stays").out().lines().toList();
    List<String> names = List.of(lines.getFirst().split(",", -1));

    assertThat(lines).hasSize(1 + STEPS + SHORT);
    List<String> last =
        lines.stream()
            .map(line -> List.of(line.split(",", -1)))
            .filter(row -> row.getFirst().equals("reaches") && row.get(1).equals("499"))
            .findFirst()
            .orElseThrow();
    assertThat(last.get(names.indexOf("regime"))).isEqualTo("EDGE");
    assertThat(last.get(names.indexOf("episode"))).isEqualTo("1");
    double effective = number(last, names, "effective_learning_rate");
    assertThat(number(last, names, "edge_sharpness")).isEqualTo(2 / effective);
    assertThat(number(last, names, "stability_ratio"))
        .isEqualTo(effective * number(last, names, "midpoint_eigenvalue_1") / 2);
    assertThat(number(last, names, "flow_time")).isCloseTo(STEPS * 0.5 * 2e-3, within(1e-9));
  }

  private static double number(List<String> row, List<String> names, String name) {
    return Double.parseDouble(row.get(names.indexOf(name)));
  }

  @Test
  void export_ofOtherTables_hasARowForEachMessage() {
    assertThat(run("export --table regimes --run reaches").out().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("reaches,STABLE,EDGE,"))
        .first()
        .asString()
        .startsWith("run_id,from,to,detected_at_step,onset_step,onset_low,onset_high,")
        .contains("evidence_sentence");
    assertThat(run("export --table runs --group study").out().lines()).hasSize(3);
    assertThat(run("export --table fits --run reaches").out())
        .startsWith("run_id,step,flow_time,angular_step,angular_step_error,");
    assertThat(run("export --format jsonl --run reaches").out().lines())
        .hasSize(1 + STEPS)
        .first()
        .asString()
        .startsWith("{\"header\":{\"table\":\"steps\",\"runs\":[{\"run_id\":\"reaches\"");
  }

  @Test
  void file_ofARun_isReplayedWithoutKafkaAndImportedIntoAnother() throws Exception {
    Path file = folder.resolve("reaches.brink");
    Program.Result export = run("export --format brink --run reaches -o " + file);
    assertThat(export.exitCode()).isZero();
    assertThat(export.err()).contains("records of 1 run, ");

    Program.Result replay = Program.run("replay", "--verify", "--file", file.toString());
    assertThat(replay.out()).contains("verified: all 3 recorded regime changes are the same");
    assertThat(replay.exitCode()).isZero();
    assertThat(Program.run("report", "--file", file.toString()).out())
        .isEqualTo(run("report --run reaches").out());
    assertThat(Program.run("export", "--file", file.toString()).out())
        .isEqualTo(run("export --run reaches").out());

    try (EmbeddedBroker other =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("other")))) {
      TopicCreation.ensure(kafka(other), 2, Replication.AUTOMATIC);
      assertThat(run("import " + file, other).out()).contains("502 records of reaches");
      assertThat(run("import " + file, other).err()).contains("there already: 'reaches'");
      judge(kafka(other), folder.resolve("other-state"), "reaches");

      assertThat(run("runs", other).out()).contains("EDGE@", "COMPLETED");
      Program.Result verified = run("replay --verify --run reaches", other);
      assertThat(verified.out()).contains("verified: all 3 recorded regime changes are the same");
    }
  }

  @Test
  void file_thatIsDamaged_isRefusedInOneLine() throws Exception {
    Path file = folder.resolve("whole.brink");
    assertThat(run("export --format brink --run stays -o " + file).exitCode()).isZero();
    byte[] whole = Files.readAllBytes(file);
    Path half = folder.resolve("half.brink");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    Path text = Files.writeString(folder.resolve("text.brink"), "run_id,step\n");

    for (Path bad : List.of(half, text, folder.resolve("none.brink"))) {
      Program.Result result = Program.run("replay", "--file", bad.toString());
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err().strip().lines()).hasSize(1);
      assertThat(result.err()).contains(bad.toString());
    }
  }

  @Test
  void edit_ofARun_isListedAndArchivedRunsAreNot() {
    Program.Result edited =
        edit("stays", "--name", "the calm one", "--tag", "seed=7", "--tag", "good", "--archive");
    assertThat(edited.out())
        .isEqualTo("stays: named 'the calm one'; tags seed=7, good; archived%n".formatted());

    assertThat(run("runs --group study").out())
        .contains("1 run: 1 EDGE;", "; 1 archived (--archived)")
        .doesNotContain("stays");
    assertThat(run("runs --archived --tag seed=7 --wide").out())
        .contains("stays", "the calm one", "seed=7,good")
        .doesNotContain("reaches");
    assertThat(run("runs --json --archived --tag good").out())
        .contains("\"note\":{\"name\":\"the calm one\",\"tags\":[\"seed=7\",\"good\"]");

    assertThat(
            edit("stays", "--name", "", "--untag", "seed", "--untag", "good", "--unarchive").out())
        .isEqualTo("stays: nothing is written about it%n".formatted());
    assertThat(run("runs --group study").out()).contains("2 runs: ", "evil \\u001b[2Jname");
    assertThat(edit("nobody", "--archive").err()).contains("no run has the id 'nobody'");
  }

  private Program.Result edit(String runId, String... changes) {
    return Program.run(
        Stream.concat(
                Stream.of("edit", "--run", runId, "-b", broker.bootstrapServers()),
                Arrays.stream(changes))
            .toArray(String[]::new));
  }

  @Test
  void delete_ofARun_hidesItSaysWhatRemainsAndCanBeUndone() {
    assertThat(run("delete --run stays").err()).contains("nobody is there to be asked; --yes");

    Program.Result deleted = run("delete --run stays --yes");
    assertThat(deleted.exitCode()).isZero();
    assertThat(deleted.out())
        .startsWith("deleted stays")
        .contains("  brink.runs, brink.regimes: for ever", "  brink.steps, brink.flow: 90 days");
    assertThat(run("runs").out()).doesNotContain("stays");
    assertThat(run("report --group study").out()).contains("Run reaches").doesNotContain("stays");
    assertThat(run("report --run stays").exitCode()).isZero();
    assertThat(run("delete --run stays --yes").err()).contains("no run has the id 'stays'");

    assertThat(run("delete --run stays --undo").out()).contains("brought back stays");
    assertThat(run("runs").out()).contains("stays");
  }

  @Test
  void delete_ofARunThatGoesOn_isRefused() throws Exception {
    publish(kafka(broker), "open", "", 2, false);
    try {
      assertThat(run("delete --run open --yes").err())
          .contains("run 'open' has not ended; stop its trainer, or ./brink end --run open");
    } finally {
      run("end --run open --force");
      run("delete --run open --yes");
    }
  }

  @Test
  void end_ofARunWhoseTrainerDied_isWrittenOnce() {
    Program.Result alive = run("end --run abandoned");
    assertThat(alive.exitCode()).isEqualTo(2);
    assertThat(alive.err()).contains("published step 199", "or --force");

    Program.Result forced = run("end --run abandoned --force");
    assertThat(forced.out()).contains("run abandoned ended as failed; its last step is 199");
    assertThat(run("end --run abandoned --force").err()).contains("no run 'abandoned' goes on");
    assertThat(run("runs --status failed").out()).contains("abandoned", "1 in trouble");
  }
}
