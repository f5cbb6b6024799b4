package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicCreationTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @Test
  void ensure_silentServer_saysWhatToCheck() throws IOException {
    // Listens, so that the port is this test's own, and never answers.
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String server = "127.0.0.1:" + silent.getLocalPort();
      Admin admin = Admin.create(KafkaSettings.of(server).admin());

      assertThatThrownBy(() -> ensure(admin, server))
          .isInstanceOf(KafkaUnreachableException.class)
          .hasMessageStartingWith(
              "what listens at " + server + " does not answer as Kafka does; check");
      admin.close(Duration.ZERO);
    }
  }

  @Test
  void ensure_unknownHost_saysWhatToCheck() {
    assertThatThrownBy(
            () ->
                TopicCreation.ensure(
                    KafkaSettings.of("no-such-host.invalid:9092"), 1, Replication.AUTOMATIC))
        .isInstanceOf(KafkaSetupException.class)
        .hasMessageStartingWith("cannot use Kafka at no-such-host.invalid:9092 (")
        .hasMessageEndingWith("check --bootstrap-servers and --config");
  }

  @Test
  void ensure_emptyCluster_createsEveryTopicOnce() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      ensure(cluster);
      ensure(cluster);

      assertThat(cluster.created())
          .containsExactlyElementsOf(Topic.all().stream().map(Topic::topicName).toList());
      assertThat(cluster.partitions("brink.steps")).isEqualTo(6);
    }
  }

  @Test
  void ensure_anotherProcessIsFaster_takesItsTopics() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.failCreation(
          topic -> {
            cluster.put(topic, 6);
            return new TopicExistsException(topic);
          });

      assertThatCode(() -> ensure(cluster)).doesNotThrowAnyException();
    }
  }

  @Test
  void ensure_runsExist_givesStepsTheSamePartitions() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.put("brink.runs", 12);

      ensure(cluster);

      assertThat(cluster.partitions("brink.steps")).isEqualTo(12);
    }
  }

  @Test
  void ensure_differentPartitions_saysHowToMakeThemEqual() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      Topic.all().forEach(topic -> cluster.put(topic.topicName(), 6));
      cluster.put("brink.steps", 3);

      assertThatThrownBy(() -> ensure(cluster))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("brink.runs has 6 partitions and brink.steps has 3")
          .hasMessageContaining("--alter");
    }
  }

  @Test
  void ensure_notAllowed_saysWhatToGrant() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.failCreation(TopicAuthorizationException::new);

      assertThatThrownBy(() -> ensure(cluster))
          .isInstanceOf(KafkaSetupException.class)
          .isInstanceOf(KafkaRightException.class)
          .hasMessageContaining(
              "does not allow this user to create brink.runs; CREATE on topic brink.runs is"
                  + " missing")
          .hasMessageEndingWith(
              "kafka-acls --bootstrap-server memory:1 --command-config ADMIN.properties --add"
                  + " --allow-principal User:NAME --operation Create --topic brink.runs");
    }
  }

  @Test
  void ensure_wrongCredentials_pointsToTheConfig() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.failCreation(topic -> new SaslAuthenticationException("bad password"));

      assertThatThrownBy(() -> ensure(cluster))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessage(
              "Kafka at memory:1 did not accept the credentials (bad password); check"
                  + " sasl.mechanism, and user name and password in sasl.jaas.config, in --config");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "7, 3"})
  void ensure_onSoManyBrokers_keepsAsManyCopiesUpToThree(int brokers, int copies) {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.setBrokers(brokers);

      ensure(cluster);

      assertThat(Topic.all()).allMatch(topic -> cluster.replicas(topic.topicName()) == copies);
    }
  }

  @Test
  void ensure_askedForCopies_makesSoMany() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.setBrokers(5);

      Replication settled =
          TopicCreation.ensure(
              cluster, KafkaSettings.of("memory:1"), TIMEOUT, 1, new Replication(2));

      assertThat(settled).isEqualTo(new Replication(2));
      assertThat(cluster.replicas("brink.steps")).isEqualTo(2);
    }
  }

  @Test
  void ensure_moreCopiesThanBrokers_saysWhatToDo() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.failCreation(_ -> new InvalidReplicationFactorException("larger than 1"));

      assertThatThrownBy(() -> ensure(cluster))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("too few brokers to create brink.runs with so many copies")
          .hasMessageEndingWith("start more brokers, or give a smaller --replication-factor");
    }
  }

  @Test
  void ensure_noLeader_saysSoAfterTheTimeout() {
    try (TopicsInMemory cluster = new TopicsInMemory()) {
      cluster.loseLeaders();

      assertThatThrownBy(() -> ensure(cluster))
          .isInstanceOf(KafkaSetupException.class)
          .hasMessageContaining("has no leader for all of Brink's topics after 1 s");
    }
  }

  private static void ensure(TopicsInMemory cluster) {
    ensure(cluster, "memory:1");
  }

  private static void ensure(Admin admin, String servers) {
    TopicCreation.ensure(
        admin, KafkaSettings.of(servers), TIMEOUT, Topic.DEFAULT_PARTITIONS, Replication.AUTOMATIC);
  }
}
