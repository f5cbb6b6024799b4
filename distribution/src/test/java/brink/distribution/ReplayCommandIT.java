package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.schemas.KafkaSettings;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.schemas.gradient.GradientEncoder;
import brink.v1.GradientChunk;
import brink.v1.GradientEncoding;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunEvent;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read what is recorded, on a broker with one run and a rejection. */
final class ReplayCommandIT {
  @TempDir private Path folder;
  private EmbeddedBroker broker;

  @BeforeEach
  void record() throws Exception {
    broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder));
    KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
    TopicCreation.ensure(kafka, 3, Replication.AUTOMATIC);
    RunStarted started =
        RunStarted.newBuilder()
            .setRunId("one")
            .setStartedAt(Timestamp.newBuilder().setSeconds(1_700_000_000))
            .build();
    Rejected rejected =
        Rejected.newBuilder()
            .setRunId("one")
            .setReason(RejectionReason.REJECTION_REASON_DUPLICATE)
            .setDetail("was there before")
            .build();
    try (KafkaProducer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      RunEvent event = RunEvent.newBuilder().setStarted(started).build();
      producer.send(new ProducerRecord<>(Topic.RUNS.topicName(), "one", event)).get();
      producer.send(new ProducerRecord<>(Topic.REJECTED.topicName(), "one", rejected)).get();
    }
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private Program.Result replay(String... runs) {
    String[] arguments = new String[2 * runs.length + 3];
    arguments[0] = "replay";
    arguments[1] = "--bootstrap-servers";
    arguments[2] = broker.bootstrapServers();
    for (int i = 0; i < runs.length; i++) {
      arguments[2 * i + 3] = "--run";
      arguments[2 * i + 4] = runs[i];
    }
    return Program.run(arguments);
  }

  @Test
  void replay_unknownRunsAmongKnown_namesThemAllAndReplaysNone() {
    Program.Result result = replay("none", "one", "neither");
    assertThat(result.exitCode()).isOne();
    assertThat(result.err().strip())
        .isEqualTo("replay: no runs have the ids 'none', 'neither'; ./brink runs lists them");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void check_ofAKeyThatNoRecordHas_saysHowRecordsAreKeyed() {
    Program.Result result = check("none");
    assertThat(result.exitCode()).isOne();
    assertThat(result.err().strip())
        .isEqualTo(
            "check: no record of brink.runs or brink.steps has the key 'none'; each record of a run"
                + " has the run id in UTF-8 as its key");
  }

  @Test
  void check_ofStepsWithoutAStart_saysWhatIsMissingAndFails() throws Exception {
    try (KafkaProducer<String, Message> producer =
        new KafkaProducer<>(
            KafkaSettings.of(broker.bootstrapServers()).producer(),
            new StringSerializer(),
            new MessageSerializer())) {
      StepObserved step = StepObserved.newBuilder().setRunId("orphan").setLoss(1).build();
      producer.send(new ProducerRecord<>(Topic.STEPS.topicName(), "orphan", step)).get();
    }

    Program.Result result = check("orphan");
    assertThat(result.exitCode()).isOne();
    assertThat(result.out())
        .contains(
            "start     none that can be used: publish a RunStarted first",
            "rejected  1 × UNKNOWN_RUN",
            "no verdict so far")
        .containsPattern("weight_norm_squared +none, and required")
        .containsPattern("\\nEDGE and STABLE, with an onset +no +the required fields");
  }

  private Program.Result check(String run) {
    return Program.run("check", "--run", run, "--bootstrap-servers", broker.bootstrapServers());
  }

  @Test
  void replay_runNamedTwice_isReplayedOnce() {
    Program.Result result = replay("one", "one");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains("records replayed"))).hasSize(1);
  }

  @Test
  void doctor_always_saysHowMuchWasRejectedAndWhy() {
    Program.Result result = Program.run("doctor", "--bootstrap-servers", broker.bootstrapServers());
    assertThat(result.out())
        .contains("1 record was set aside in brink.rejected, the newest of run one at ")
        .contains(": was there before (duplicate)");
  }

  @Test
  void gradientsThatAreNotTheirSteps_areFoundByDoctorAndReplay() throws Exception {
    publishGradient("one", 0, 25);
    assertThat(verify().out()).contains("verified: ‖∇L‖² of 1 published gradients is that of");
    assertThat(doctor().out()).contains("the newest 1 have the norms that their steps say");

    publishGradient("one", 1, 24);
    Program.Result result = verify();
    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).contains("DIFFERENT: run one, step 1: ‖∇L‖² is 25.0000000");
    assertThat(doctor().out())
        .contains("run one, step 1: ‖∇L‖² is 25.0000000", "find the producer");
  }

  private Program.Result verify() {
    return Program.run(
        "replay", "--verify", "--run", "one", "--bootstrap-servers", broker.bootstrapServers());
  }

  private Program.Result doctor() {
    return Program.run("doctor", "--bootstrap-servers", broker.bootstrapServers());
  }

  /** A gradient of length 5 and a step that says so, or not. */
  private void publishGradient(String run, long t, double normSquared) throws Exception {
    StepObserved step =
        StepObserved.newBuilder()
            .setRunId(run)
            .setStep(t)
            .setGradientNormSquared(normSquared)
            .build();
    GradientChunk chunk =
        GradientEncoder.chunks(run, t, new double[] {3, 4}, GradientEncoding.GRADIENT_ENCODING_F32)
            .getFirst();
    KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
    try (KafkaProducer<String, Message> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new MessageSerializer())) {
      producer.send(new ProducerRecord<>(Topic.STEPS.topicName(), run, step)).get();
      producer.send(new ProducerRecord<>(Topic.GRADIENTS.topicName(), run, chunk)).get();
    }
  }
}
