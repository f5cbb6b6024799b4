package brink.monitor.cli;

import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
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
      String deviation = deviation(topic);
      return deviation == null
          ? Finding.ok(name, "%d partitions".formatted(description.partitions().size()))
          : Finding.warn(name, deviation);
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnknownTopicOrPartitionException
          ? missing(name)
          : Finding.fail(name, "cannot be described: " + e.getCause());
    } catch (TimeoutException e) {
      return Finding.fail(name, "no answer within %d s".formatted(TIMEOUT_SECONDS));
    }
  }

  private @Nullable String deviation(Topic topic) throws ExecutionException, TimeoutException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    Config config = await(admin.describeConfigs(List.of(resource)).all()).get(resource);
    if (config == null) {
      return null;
    }
    for (Map.Entry<String, String> wanted : topic.configs().entrySet()) {
      var entry = config.get(wanted.getKey());
      if (entry != null && !wanted.getValue().equals(entry.value())) {
        return "%s is %s where Brink would set %s; change it with kafka-configs unless it is meant"
            .formatted(wanted.getKey(), entry.value(), wanted.getValue());
      }
    }
    return null;
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
