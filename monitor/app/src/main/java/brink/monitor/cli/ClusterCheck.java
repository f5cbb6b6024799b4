package brink.monitor.cli;

import brink.schemas.BootstrapServers;
import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import brink.schemas.Replication;
import brink.schemas.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Whether the broker answers and the topics are as the catalogue wants them. */
final class ClusterCheck implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 10;

  private static final KafkaRight SEE = KafkaRight.ofAllTopics(AclOperation.DESCRIBE);

  private final Admin admin;
  private final KafkaSettings kafka;

  private ClusterCheck(Admin admin, KafkaSettings kafka) {
    this.admin = admin;
    this.kafka = kafka;
  }

  static ClusterCheck open(KafkaSettings settings) {
    BootstrapServers.requireListening(settings);
    try {
      return new ClusterCheck(Admin.create(settings.admin()), settings);
    } catch (KafkaException e) {
      throw KafkaTrouble.exception(settings, "be connected to", e, SEE);
    }
  }

  Finding broker() {
    try {
      Collection<Node> nodes = await(admin.describeCluster().nodes());
      return Finding.ok("broker", "%d at %s".formatted(nodes.size(), kafka.bootstrapServers()));
    } catch (ExecutionException | TimeoutException e) {
      return Finding.fail("broker", KafkaTrouble.of(kafka, "name its brokers", e, SEE).sentence());
    }
  }

  List<Finding> topics() {
    Map<Topic, Integer> partitions = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    List<String> unseen = new ArrayList<>();
    for (Topic topic : Topic.all()) {
      topic(topic, partitions, unseen).ifPresent(findings::add);
    }
    if (!unseen.isEmpty()) {
      String attempt = "see " + String.join(", ", unseen);
      findings.add(Finding.fail("rights", KafkaTrouble.notAllowed(kafka, attempt, SEE).sentence()));
    }
    Integer runs = partitions.get(Topic.RUNS);
    Integer steps = partitions.get(Topic.STEPS);
    if (runs != null && steps != null) {
      findings.add(
          runs.equals(steps)
              ? Finding.ok("partitions", "%d of runs and steps alike".formatted(runs))
              : Finding.fail(
                  "partitions",
                  "%d of %s but %d of %s; add partitions to the smaller before any run is published"
                      .formatted(runs, Topic.RUNS.topicName(), steps, Topic.STEPS.topicName())));
    }
    return findings;
  }

  @Override
  public void close() {
    admin.close();
  }

  /** What there is to say of a topic; nothing of one that this user may not see. */
  private Optional<Finding> topic(
      Topic topic, Map<Topic, Integer> partitions, List<String> unseen) {
    String name = topic.topicName();
    try {
      DescribeTopicsOptions withRights =
          new DescribeTopicsOptions().includeAuthorizedOperations(true);
      TopicDescription description =
          await(admin.describeTopics(List.of(name), withRights).allTopicNames()).get(name);
      if (description == null) {
        return Optional.of(missing(name));
      }
      partitions.put(topic, description.partitions().size());
      return Optional.of(found(topic, description));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException) {
        unseen.add(name);
        return Optional.empty();
      }
      return Optional.of(
          e.getCause() instanceof UnknownTopicOrPartitionException
              ? missing(name)
              : Finding.fail(name, KafkaTrouble.of(kafka, "look at it", e, SEE).sentence()));
    } catch (TimeoutException e) {
      return Optional.of(
          Finding.fail(name, KafkaTrouble.of(kafka, "look at it", e, SEE).sentence()));
    }
  }

  private Finding found(Topic topic, TopicDescription description)
      throws ExecutionException, TimeoutException {
    String name = topic.topicName();
    String count =
        "%d partitions%s"
            .formatted(
                description.partitions().size(), restriction(description.authorizedOperations()));
    Map<String, String> configs;
    try {
      configs = configs(name);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Finding.ok(
            name,
            count + "; its settings are not checked, since this user may not DESCRIBE_CONFIGS");
      }
      throw e;
    }
    List<String> deviations = deviations(topic, description, configs);
    return deviations.isEmpty()
        ? Finding.ok(name, count)
        : Finding.warn(name, count + "; " + String.join("; ", deviations));
  }

  /**
   * What this user may not do, where it is not everything; null rights are those of old brokers.
   */
  private static String restriction(@Nullable Set<AclOperation> rights) {
    if (rights == null || rights.contains(AclOperation.ALL)) {
      return "";
    }
    boolean reads = rights.contains(AclOperation.READ);
    boolean writes = rights.contains(AclOperation.WRITE);
    if (reads && writes) {
      return "";
    }
    return reads
        ? "; this user may read it, and not write"
        : writes
            ? "; this user may write it, and not read"
            : "; this user may neither read nor write it";
  }

  private List<String> deviations(
      Topic topic, TopicDescription description, Map<String, String> found)
      throws ExecutionException, TimeoutException {
    Replication wanted = Replication.AUTOMATIC.on(await(admin.describeCluster().nodes()).size());
    List<String> deviations = new ArrayList<>();
    String copies = copies(description, wanted, found);
    if (copies != null) {
      deviations.add(copies);
    }
    List<String> settings =
        topic.configs().entrySet().stream()
            .filter(setting -> found.containsKey(setting.getKey()))
            .filter(setting -> !setting.getValue().equals(found.get(setting.getKey())))
            .map(
                setting ->
                    "%s is %s where Brink would set %s"
                        .formatted(
                            setting.getKey(), found.get(setting.getKey()), setting.getValue()))
            .sorted()
            .toList();
    if (!settings.isEmpty()) {
      deviations.add(
          String.join(", ", settings) + ": change it with kafka-configs unless it is meant");
    }
    return deviations;
  }

  /** What is wrong with the number of copies; null for nothing. */
  private static @Nullable String copies(
      TopicDescription description, Replication wanted, Map<String, String> configs) {
    int fewest =
        description.partitions().stream()
            .mapToInt(partition -> partition.replicas().size())
            .min()
            .orElse(0);
    if (fewest < wanted.factor()) {
      return "%s of each record %s where Brink would keep %d: the loss of one broker can take records along; add copies with kafka-reassign-partitions unless it is meant"
          .formatted(
              fewest == 1 ? "one copy" : fewest + " copies",
              fewest == 1 ? "is kept" : "are kept",
              wanted.factor());
    }
    String name = TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
    if (!configs.getOrDefault(name, "").equals(wanted.configs().get(name))) {
      return "%s is %s where Brink would set %d, so that %s; change it with kafka-configs unless it is meant"
          .formatted(
              name,
              configs.get(name),
              wanted.minInSync(),
              wanted.minInSync() > 1
                  ? "no broker's death takes an acknowledged record along"
                  : "the death of one broker does not stop all runs");
    }
    return null;
  }

  private Map<String, String> configs(String topic) throws ExecutionException, TimeoutException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config = await(admin.describeConfigs(List.of(resource)).all()).get(resource);
    return config == null
        ? Map.of()
        : config.entries().stream()
            .filter(entry -> entry.value() != null)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static Finding missing(String name) {
    return Finding.fail(name, "is missing; ./brink monitor creates it");
  }

  private static <T> T await(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted", e);
    }
  }
}
