package brink.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Creates the topics of the catalogue where they are missing; safe to call from many processes at
 * once.
 */
public final class TopicCreation {
  /** Longer than any healthy cluster takes, short enough for a person who waits. */
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private TopicCreation() {}

  /**
   * Ensures that every topic exists and has a leader.
   *
   * @param partitions partitions of topics that are missing; where RUNS or STEPS exists, the other
   *     takes its count
   * @param replication copies of each partition of topics that are missing
   * @return the replication, settled for this cluster
   * @throws KafkaUnreachableException if no broker answers
   * @throws KafkaSetupException if Kafka cannot be used, refuses, or holds topics that cannot work
   */
  public static Replication ensure(
      KafkaSettings settings, int partitions, Replication replication) {
    BootstrapServers.requireProtocol(settings);
    Admin admin = open(settings);
    try {
      return ensure(admin, settings, TIMEOUT, partitions, replication);
    } finally {
      // A plain close() waits for calls that an unreachable server will never answer.
      admin.close(Duration.ZERO);
    }
  }

  /**
   * Ensures that every topic exists and has a leader, through the caller's client.
   *
   * @param settings what the client was made of, for errors
   * @param timeout for the whole
   * @throws KafkaSetupException as above
   */
  public static Replication ensure(
      Admin admin,
      KafkaSettings settings,
      Duration timeout,
      int partitions,
      Replication replication) {
    TopicAdmin topics = new TopicAdmin(admin, settings, timeout);
    Map<Topic, Integer> existing = topics.partitions();
    Replication settled = replication.on(topics.brokers());
    if (existing.size() < Topic.all().size()) {
      topics.create(missing(existing), coPartitioned(existing, partitions), settled);
      existing = topics.awaitPartitions();
    }
    requireCoPartitioned(existing);
    return settled;
  }

  private static Admin open(KafkaSettings settings) {
    try {
      return Admin.create(settings.admin());
    } catch (KafkaException e) {
      throw KafkaTrouble.exception(
          settings, "be connected to", e, KafkaRight.ofAllTopics(AclOperation.DESCRIBE));
    }
  }

  private static List<Topic> missing(Map<Topic, Integer> existing) {
    return Topic.all().stream().filter(topic -> !existing.containsKey(topic)).toList();
  }

  private static int coPartitioned(Map<Topic, Integer> existing, int partitions) {
    return existing.getOrDefault(Topic.RUNS, existing.getOrDefault(Topic.STEPS, partitions));
  }

  private static void requireCoPartitioned(Map<Topic, Integer> partitions) {
    Integer runs = partitions.get(Topic.RUNS);
    Integer steps = partitions.get(Topic.STEPS);
    if (runs != null && !runs.equals(steps)) {
      throw new KafkaSetupException(
          "%s has %d partitions and %s has %s, but they must be equal; add partitions to the smaller (kafka-topics --alter) before any run is published"
              .formatted(Topic.RUNS.topicName(), runs, Topic.STEPS.topicName(), steps));
    }
  }
}
