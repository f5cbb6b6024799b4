package brink.distribution.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.Replication;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
  private static final String STEPS = Topic.STEPS.topicName();

  @TempDir Path folder;
  private final int port = Ports.free();

  @Test
  void start_onItsOwnData_hasEveryRecordAndTheSameClusterId() throws Exception {
    List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
    String clusterId;
    try (EmbeddedBroker broker = startWithTopics()) {
      Records.send(broker.bootstrapServers(), STEPS, sent);
      clusterId = clusterId(broker);
    }

    try (EmbeddedBroker again = EmbeddedBroker.start(settings())) {
      assertThat(Records.all(again.bootstrapServers(), STEPS)).isEqualTo(sent);
      assertThat(clusterId(again)).isEqualTo(clusterId);
    }
  }

  @Test
  void start_afterKillInMidWrite_hasEveryAcknowledgedRecord() throws Exception {
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    String servers = settings().bootstrapServers();
    try (BrokerProcess broker = BrokerProcess.start(folder, port)) {
      TopicCreation.ensure(KafkaSettings.of(servers), 3, Replication.AUTOMATIC);
      KafkaProducer<String, String> producer = Records.producer(servers);
      for (int i = 0; acknowledged.size() < 20_000; i++) {
        String value = Integer.toString(i);
        var _ =
            producer.send(
                new ProducerRecord<>(STEPS, "run-" + i % 7, value),
                (metadata, failure) -> {
                  if (failure == null) {
                    acknowledged.add(value);
                  }
                });
      }
      broker.kill();
      producer.close(Duration.ZERO);
    }

    try (EmbeddedBroker again = EmbeddedBroker.start(settings())) {
      List<String> kept = Records.all(again.bootstrapServers(), STEPS);
      assertThat(kept).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(20_000);
      assertThat(kept).containsAll(acknowledged);
    }
  }

  @Test
  void start_portTaken_saysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerSettings settings = BrokerSettings.local(folder, taken.getLocalPort());

      assertThatThrownBy(() -> EmbeddedBroker.start(settings))
          .isInstanceOf(BrokerException.class)
          .hasMessage(
              "port %d is taken; use --port N, or stop the program that listens there"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void start_folderInUseByThisProcess_saysSoAndTheFirstGoesOn() throws Exception {
    try (EmbeddedBroker broker = startWithTopics()) {
      assertInUse();
      Records.send(broker.bootstrapServers(), STEPS, List.of("still"));

      assertThat(Records.all(broker.bootstrapServers(), STEPS)).containsExactly("still");
    }
  }

  @Test
  void start_folderInUseByAnotherProcess_saysSo() throws Exception {
    try (BrokerProcess other = BrokerProcess.start(folder, port)) {
      assertThat(other).isNotNull();
      assertInUse();
    }
  }

  @Test
  void start_missingTopics_areCreatedByEnsureWithTheirRetention() throws Exception {
    try (EmbeddedBroker broker = startWithTopics();
        Admin admin = admin(broker)) {
      assertThat(admin.listTopics().names().get())
          .containsExactlyInAnyOrderElementsOf(Topic.all().stream().map(Topic::topicName).toList());
      assertThat(configs(admin, Topic.GRADIENTS)).containsAllEntriesOf(Topic.GRADIENTS.configs());
    }
  }

  @Test
  void ensure_runsAndStepsDiffer_saysHowToMakeThemEqual() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings());
        Admin admin = admin(broker)) {
      admin
          .createTopics(
              List.of(
                  Topic.RUNS.toNewTopic(6, new Replication(1)),
                  Topic.STEPS.toNewTopic(3, new Replication(1))))
          .all()
          .get();

      assertThatThrownBy(() -> ensure(broker))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("brink.runs has 6 partitions and brink.steps has 3");
    }
  }

  @Test
  void send_largestRecordOfAnyTopic_fitsIntoRejected() throws Exception {
    String whole = "x".repeat(Topic.GRADIENTS.maxMessageBytes());
    try (EmbeddedBroker broker = startWithTopics()) {
      Records.send(broker.bootstrapServers(), Topic.REJECTED.topicName(), List.of(whole));

      assertThat(Records.all(broker.bootstrapServers(), Topic.REJECTED.topicName()))
          .containsExactly(whole);
    }
  }

  @Test
  void send_unknownTopic_createsNone() throws Exception {
    KafkaSettings impatient =
        new KafkaSettings(settings().bootstrapServers(), Map.of("max.block.ms", "500"));
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings());
        Admin admin = admin(broker);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                impatient.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("brink.stepz", new byte[1])).get())
          .isInstanceOf(ExecutionException.class);
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }

  @Test
  void failure_whenKafkaGivesUp_completesAndTheProcessLives() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings())) {
      assertThat(broker.failure()).isNotDone();

      assertThatThrownBy(() -> Exit.halt(1, "all log dirs have failed"))
          .hasMessageContaining("all log dirs have failed");

      await().until(() -> broker.failure().isDone());
      assertThat(broker.failure().join())
          .hasMessageContaining("gave up")
          .hasMessageContaining(folder.toString());
    }
  }

  @Test
  void start_dataThatCannotBeRead_saysWhereAndReleasesTheFolder() throws IOException {
    EmbeddedBroker.start(settings()).close();
    Path foreign = Files.createDirectory(folder.resolve("holiday pictures"));

    assertThatThrownBy(() -> EmbeddedBroker.start(settings()))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("could not start")
        .hasMessageContaining(folder.toString());

    Files.delete(foreign);
    EmbeddedBroker.start(settings()).close();
  }

  private void assertInUse() {
    BrokerSettings elsewhere = BrokerSettings.local(folder, Ports.free());
    assertThatThrownBy(() -> EmbeddedBroker.start(elsewhere))
        .isInstanceOf(BrokerException.class)
        .hasMessage("another broker uses " + folder + "; stop it, or use another --data-dir");
  }

  private EmbeddedBroker startWithTopics() {
    EmbeddedBroker broker = EmbeddedBroker.start(settings());
    ensure(broker);
    return broker;
  }

  private static void ensure(EmbeddedBroker broker) {
    TopicCreation.ensure(
        KafkaSettings.of(broker.bootstrapServers()),
        Topic.DEFAULT_PARTITIONS,
        Replication.AUTOMATIC);
  }

  private BrokerSettings settings() {
    return BrokerSettings.local(folder, port);
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(KafkaSettings.of(broker.bootstrapServers()).admin());
  }

  private static String clusterId(EmbeddedBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static Map<String, String> configs(Admin admin, Topic topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    return admin.describeConfigs(List.of(resource)).all().get().values().stream()
        .flatMap(config -> config.entries().stream())
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }
}
