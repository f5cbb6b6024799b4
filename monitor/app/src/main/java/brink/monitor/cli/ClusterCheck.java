package brink.monitor.cli;

import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.Replication;
import brink.schemas.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Whether the broker answers and the topics are as the catalogue wants them. */
final class ClusterCheck implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 10;

  private final Admin admin;
  private final String servers;

  private ClusterCheck(Admin admin, String servers) {
    this.admin = admin;
    this.servers = servers;
  }

  static ClusterCheck open(KafkaSettings settings) {
    try {
      return new ClusterCheck(Admin.create(settings.admin()), settings.bootstrapServers());
    } catch (KafkaException e) {
      throw new KafkaSetupException(
          "cannot use Kafka at %s; check --bootstrap-servers and --config"
              .formatted(settings.bootstrapServers()),
          e);
    }
  }

  Finding broker() {
    try {
      Collection<Node> nodes = await(admin.describeCluster().nodes());
      return Finding.ok("broker", "%d at %s".formatted(nodes.size(), servers));
    } catch (ExecutionException | TimeoutException e) {
      return Finding.fail(
          "broker",
          "none answers at %s; start Kafka (./brink demo brings one), or check --bootstrap-servers and --config"
              .formatted(servers));
    }
  }

  List<Finding> topics() {
    Map<Topic, Integer> partitions = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Topic topic : Topic.all()) {
      findings.add(topic(topic, partitions));
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

  private Finding topic(Topic topic, Map<Topic, Integer> partitions) {
    String name = topic.topicName();
    try {
      TopicDescription description =
          await(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
      if (description == null) {
        return missing(name);
      }
      partitions.put(topic, description.partitions().size());
      List<String> deviations = deviations(topic, description);
      return deviations.isEmpty()
          ? Finding.ok(name, "%d partitions".formatted(description.partitions().size()))
          : Finding.warn(name, String.join("; ", deviations));
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException
          ? missing(name)
          : Finding.fail(name, "cannot be described: " + e.getCause());
    } catch (TimeoutException e) {
      return Finding.fail(name, "no answer within %d s".formatted(TIMEOUT_SECONDS));
    }
  }

  private List<String> deviations(Topic topic, TopicDescription description)
      throws ExecutionException, TimeoutException {
    Map<String, String> found = configs(topic.topicName());
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
