package brink.distribution.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.distribution.MadeUpRun;
import brink.distribution.Program;
import brink.monitor.MonitorApp;
import brink.monitor.MonitorSettings;
import brink.monitor.catalogue.TopicReader;
import brink.monitor.replay.MonitorProgress;
import brink.monitor.web.HttpSettings;
import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.MessageSerializer;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command works with the rights that docs/security.md gives it, and with one less it fails
 * and says which.
 */
final class LeastRightsIT {
  private static final String RUN = "made-up";
  private static final String MONITOR = "brink-monitor";
  private static final int STEPS = 900;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static SecuredKafka kafka;
  private static int users;

  @BeforeAll
  static void start() throws IOException {
    kafka = SecuredKafka.start(folder);
    KafkaSettings everything = KafkaSettings.of(kafka.adminServers());
    TopicCreation.ensure(everything, 1, Replication.AUTOMATIC);
    publishRun(everything);
    assertThat(monitor(everything, "first")).isNull();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @TestFactory
  Stream<DynamicTest> commands_withTheirRights_workAndWithOneLessFail() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    RightsTable.read()
        .forEach(
            (command, rights) -> {
              tests.add(
                  DynamicTest.dynamicTest(
                      command + " with its rights",
                      () -> assertThat(complaint(command, rights)).isNull()));
              rights.forEach(
                  missing ->
                      tests.add(
                          DynamicTest.dynamicTest(
                              command + " without " + missing.words(),
                              () -> failsFor(command, rights, missing))));
            });
    assertThat(tests).hasSizeGreaterThan(25);
    return tests.stream();
  }

  private static void failsFor(String command, List<KafkaRight> rights, KafkaRight missing)
      throws IOException {
    List<KafkaRight> fewer = rights.stream().filter(right -> !right.equals(missing)).toList();

    assertThat(complaint(command, fewer))
        .isNotNull()
        .contains(" on " + words(missing))
        .contains("is missing, which an administrator grants with: kafka-acls --bootstrap-server");
  }

  private static String words(KafkaRight right) {
    String words = right.words();
    return words.substring(words.indexOf(" on ") + 4).replace("*", "");
  }

  /** What a command says to a user with these rights only; null if it works. */
  private static @Nullable String complaint(String command, List<KafkaRight> rights)
      throws IOException {
    users++;
    String user = "user-" + users;
    if (command.equals("monitor")) {
      List<KafkaRight> own = rights.stream().map(right -> ofMonitor(right, user)).toList();
      Path config = kafka.user(user, own);
      String said = monitor(KafkaSettings.load(null, config), user);
      return said == null ? null : said.replace(MONITOR + "-" + user, MONITOR);
    }
    Path config = kafka.user(user, rights);
    List<String> arguments = new ArrayList<>(List.of(command, "--config", config.toString()));
    arguments.addAll(
        switch (command) {
          case "train" ->
              List.of("--run-id", user, "--steps", "3", "--checkpoint-dir", folder + "/" + user);
          case "report", "export", "replay" -> List.of("--run", RUN);
          case "end" -> List.of("--run", unfinished(user), "--force");
          default -> List.of();
        });
    Program.Result result = Program.run(arguments.toArray(String[]::new));
    return result.exitCode() == 0 ? null : result.err();
  }

  /** Each monitor has a name of its own, or it would find that all work is done. */
  private static KafkaRight ofMonitor(KafkaRight right, String user) {
    return right.name().equals(MONITOR)
        ? new KafkaRight(right.operation(), right.resource(), MONITOR + "-" + user, right.pattern())
        : right;
  }

  /** Has a monitor do all the work that there is; what Kafka refuses it, or null. */
  private static @Nullable String monitor(KafkaSettings settings, String name) throws IOException {
    String id = MONITOR + "-" + name;
    MonitorSettings monitor =
        MonitorSettings.of(settings)
            .named(id, null)
            .served(new HttpSettings("127.0.0.1", 0, Set.of(), true));
    try (MonitorApp app = new MonitorApp(monitor, InstantSource.system())) {
      app.start();
      await().atMost(PATIENCE).until(() -> app.refused().isDone() || isDone(id));
      KafkaSetupException refusal = app.refused().getNow(null);
      return refusal == null ? null : refusal.getMessage();
    } catch (KafkaSetupException e) {
      return e.getMessage();
    }
  }

  private static boolean isDone(String id) {
    KafkaSettings everything = KafkaSettings.of(kafka.adminServers());
    Map<TopicPartition, OffsetAndMetadata> committed = MonitorProgress.committed(everything, id);
    try (TopicReader reader = TopicReader.open(everything, Topic.RUNS, Topic.STEPS)) {
      return reader.ends().entrySet().stream()
          .allMatch(
              end -> {
                OffsetAndMetadata next = committed.get(end.getKey());
                return next != null && next.offset() >= end.getValue();
              });
    }
  }

  /** A run that came to the edge and ended, so that verdicts and fits are written of it. */
  private static void publishRun(KafkaSettings settings) {
    MadeUpRun run = new MadeUpRun(RUN);
    try (Producer<String, Message> producer =
        new KafkaProducer<>(settings.producer(), new StringSerializer(), new MessageSerializer())) {
      send(producer, Topic.RUNS, RUN, RunEvent.newBuilder().setStarted(run.started()).build());
      for (StepObserved step : run.steps(STEPS)) {
        send(producer, Topic.STEPS, RUN, step);
      }
      send(producer, Topic.RUNS, RUN, RunEvent.newBuilder().setEnded(run.ended(STEPS - 1)).build());
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings.producer(), bytes, bytes)) {
      // No message at all, so that it is rejected.
      var _ = producer.send(new ProducerRecord<>(Topic.STEPS.topicName(), new byte[] {1, 2, 3}));
    }
  }

  /** A run that began and did not end. */
  private static String unfinished(String name) {
    String id = "unfinished-" + name;
    MadeUpRun run = new MadeUpRun(id);
    try (Producer<String, Message> producer =
        new KafkaProducer<>(
            KafkaSettings.of(kafka.adminServers()).producer(),
            new StringSerializer(),
            new MessageSerializer())) {
      send(producer, Topic.RUNS, id, RunEvent.newBuilder().setStarted(run.started()).build());
    }
    return id;
  }

  private static void send(
      Producer<String, Message> producer, Topic topic, String key, Message message) {
    var _ = producer.send(new ProducerRecord<>(topic.topicName(), key, message));
  }
}
