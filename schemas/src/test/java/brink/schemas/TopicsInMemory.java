package brink.schemas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ClusterInMemory;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;

/** An admin client whose cluster is a map: topic to partition count. */
final class TopicsInMemory extends ForwardingAdmin {
  private final Map<String, Integer> topics = new HashMap<>();
  private final Map<String, Integer> replicas = new HashMap<>();
  private final List<String> created = new ArrayList<>();
  private Node leader = new Node(0, "memory", 1);
  private int brokers = 1;
  private @Nullable Function<String, ApiException> creationFailure;

  TopicsInMemory() {
    super(Map.of("bootstrap.servers", "localhost:1"));
  }

  void put(String topic, int partitions) {
    topics.put(topic, partitions);
  }

  void setBrokers(int number) {
    brokers = number;
  }

  /** The copies that a created topic was asked for. */
  int replicas(String topic) {
    return Objects.requireNonNull(replicas.get(topic));
  }

  int partitions(String topic) {
    return Objects.requireNonNull(topics.get(topic));
  }

  List<String> created() {
    return created;
  }

  void failCreation(Function<String, ApiException> failure) {
    creationFailure = failure;
  }

  void loseLeaders() {
    leader = Node.noNode();
  }

  @Override
  public DescribeTopicsResult describeTopics(
      TopicCollection collection, DescribeTopicsOptions options) {
    Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();
    for (String topic : ((TopicCollection.TopicNameCollection) collection).topicNames()) {
      answers.put(topic, describe(topic));
    }
    return new DescribeTopicsResult(null, answers) {};
  }

  @Override
  public CreateTopicsResult createTopics(Collection<NewTopic> news, CreateTopicsOptions options) {
    Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> answers =
        new LinkedHashMap<>();
    news.forEach(topic -> answers.put(topic.name(), create(topic)));
    return new CreateTopicsResult(answers) {};
  }

  @Override
  public DescribeClusterResult describeCluster(DescribeClusterOptions options) {
    Collection<Node> nodes =
        IntStream.range(0, brokers).mapToObj(id -> new Node(id, "memory", 1 + id)).toList();
    return new ClusterInMemory(nodes, leader);
  }

  private KafkaFuture<TopicDescription> describe(String topic) {
    Integer partitions = topics.get(topic);
    if (partitions == null) {
      return failed(new UnknownTopicOrPartitionException(topic));
    }
    List<TopicPartitionInfo> infos =
        IntStream.range(0, partitions)
            .mapToObj(i -> new TopicPartitionInfo(i, leader, List.of(), List.of()))
            .toList();
    return KafkaFuture.completedFuture(new TopicDescription(topic, false, infos));
  }

  private KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig> create(NewTopic topic) {
    if (creationFailure != null) {
      return failed(creationFailure.apply(topic.name()));
    }
    created.add(topic.name());
    put(topic.name(), topic.numPartitions());
    replicas.put(topic.name(), (int) topic.replicationFactor());
    return KafkaFuture.completedFuture(
        new CreateTopicsResult.TopicMetadataAndConfig(new UnknownTopicOrPartitionException()));
  }

  private static <T> KafkaFuture<T> failed(ApiException failure) {
    KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
    future.completeExceptionally(failure);
    return future;
  }
}
