package brink.schemas;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The catalogue's view of a cluster: which topics are there, and errors that say what to do. */
final class TopicAdmin {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Admin admin;
  private final KafkaSettings kafka;
  private final Duration timeout;
  private final long deadline;

  TopicAdmin(Admin admin, KafkaSettings kafka, Duration timeout) {
    this.admin = admin;
    this.kafka = kafka;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Partition counts of the topics that exist and have a leader for every partition. */
  Map<Topic, Integer> partitions() {
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(Topic.all().stream().map(Topic::topicName).toList()).topicNameValues();
    Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.all()) {
      try {
        TopicDescription description = await(answers, topic);
        if (description.partitions().stream().allMatch(TopicAdmin::hasLeader)) {
          partitions.put(topic, description.partitions().size());
        }
      } catch (UnknownTopicOrPartitionException e) {
        // Missing: that is an answer.
      } catch (KafkaException e) {
        throw failure(
            e, "look at " + topic.topicName(), KafkaRight.of(AclOperation.DESCRIBE, topic));
      }
    }
    return partitions;
  }

  /** How many brokers the cluster has. */
  int brokers() {
    try {
      return await(admin.describeCluster().nodes()).size();
    } catch (KafkaException e) {
      throw failure(e, "count its brokers", KafkaRight.ofAllTopics(AclOperation.DESCRIBE));
    }
  }

  /** Creates the topics; another process may have been faster. */
  void create(List<Topic> topics, int partitions, Replication replication) {
    Map<String, KafkaFuture<Void>> answers =
        admin
            .createTopics(topics.stream().map(t -> t.toNewTopic(partitions, replication)).toList())
            .values();
    for (Topic topic : topics) {
      try {
        await(answers, topic);
      } catch (TopicExistsException e) {
        // Another process was faster.
      } catch (KafkaException e) {
        throw failure(e, "create " + topic.topicName(), KafkaRight.of(AclOperation.CREATE, topic));
      }
    }
  }

  /** Partition counts of all topics, once each is visible with leaders. */
  Map<Topic, Integer> awaitPartitions() {
    while (true) {
      Map<Topic, Integer> partitions = partitions();
      if (partitions.size() == Topic.all().size()) {
        return partitions;
      }
      if (System.nanoTime() > deadline) {
        throw new KafkaUnreachableException(
            "Kafka at %s has no leader for all of Brink's topics after %d s; check the health of its brokers"
                .formatted(kafka.bootstrapServers(), timeout.toSeconds()));
      }
      pause();
    }
  }

  private static boolean hasLeader(TopicPartitionInfo partition) {
    Node leader = partition.leader();
    return leader != null && !leader.isEmpty();
  }

  private <T extends @Nullable Object> T await(Map<String, KafkaFuture<T>> answers, Topic topic) {
    return await(Objects.requireNonNull(answers.get(topic.topicName())));
  }

  private <T extends @Nullable Object> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException(
          "interrupted while asking Kafka at " + kafka.bootstrapServers(), e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException(e);
    }
  }

  private KafkaSetupException failure(KafkaException cause, String attempt, KafkaRight right) {
    if (cause instanceof InvalidReplicationFactorException) {
      return new KafkaSetupException(
          "Kafka at %s has too few brokers to %s with so many copies (%s); start more brokers, or give a smaller --replication-factor"
              .formatted(kafka.bootstrapServers(), attempt, cause.getMessage()),
          cause);
    }
    return KafkaTrouble.exception(kafka, attempt, cause, right);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted while waiting for Kafka's topics", e);
    }
  }
}
