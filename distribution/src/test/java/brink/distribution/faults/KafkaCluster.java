package brink.distribution.faults;

import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.ProgramProcess;
import brink.schemas.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;

/** A KRaft cluster of child processes, each of which can be stopped, killed and suspended. */
final class KafkaCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Map<String, String> LOGGING = Map.of("BRINK_KAFKA_LOG", "INFO");
  private static final int LAST_LINES = 30;

  private final Path folder;
  private final List<String> ports;
  private final List<String> wrapper;
  private final Map<Integer, ProgramProcess> nodes = new TreeMap<>();

  private KafkaCluster(Path folder, int size, List<String> wrapper) {
    this.folder = folder;
    this.wrapper = wrapper;
    ports = IntStream.range(0, 2 * size).mapToObj(_ -> FreePort.find()).toList();
  }

  /**
   * A cluster that takes requests.
   *
   * @param folder for the nodes' data and logs
   * @param size number of nodes, whose ids count from 1
   */
  static KafkaCluster start(Path folder, int size) throws IOException {
    KafkaCluster cluster = notStarted(folder, size, List.of());
    try {
      cluster.startAll();
      return cluster;
    } catch (IOException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * A cluster of which no node runs yet.
   *
   * @param wrapper command that a node is started by; empty for none
   */
  static KafkaCluster notStarted(Path folder, int size, List<String> wrapper) {
    return new KafkaCluster(folder, size, wrapper);
  }

  /** Starts every node that does not run, and returns when all take requests. */
  void startAll() throws IOException {
    for (int id = 1; id <= size(); id++) {
      launch(id, wrapper);
    }
    awaitNodes(size());
  }

  /** Starts a node, and returns when the cluster has all of those that run. */
  void start(int id) throws IOException {
    launch(id, List.of());
    awaitNodes(nodes.size());
  }

  /** SIGKILL. */
  void kill(int id) {
    running(id).kill();
    nodes.remove(id);
  }

  /** SIGTERM: a node that leaves in order hands its partitions over first. */
  void stop(int id) {
    if (!running(id).terminate(PATIENCE)) {
      throw new AssertionError("node " + id + " did not stop, see " + log(id));
    }
    nodes.remove(id);
  }

  void suspend(int id) {
    running(id).suspend();
  }

  void resume(int id) {
    running(id).resume();
  }

  boolean isAlive(int id) {
    return running(id).isAlive();
  }

  int size() {
    return ports.size() / 2;
  }

  String bootstrapServers() {
    return IntStream.range(0, size())
        .mapToObj(node -> "127.0.0.1:" + ports.get(2 * node))
        .collect(Collectors.joining(","));
  }

  /** Id of the node that leads a partition. */
  int leader(TopicPartition partition) {
    try (Admin admin = admin()) {
      TopicDescription topic =
          answer(admin.describeTopics(List.of(partition.topic())).allTopicNames())
              .get(partition.topic());
      return Objects.requireNonNull(topic).partitions().get(partition.partition()).leader().id();
    }
  }

  /** Id of the active controller. */
  int controller() {
    try (Admin admin = admin()) {
      return answer(admin.describeMetadataQuorum().quorumInfo()).leaderId();
    }
  }

  /** Whether every partition of every topic has all its copies in step. */
  boolean isInSync() {
    try (Admin admin = admin()) {
      List<String> names = List.copyOf(answer(admin.listTopics().names()));
      return answer(admin.describeTopics(names).allTopicNames()).values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    }
  }

  @Override
  public void close() {
    nodes.values().forEach(ProgramProcess::kill);
    nodes.clear();
  }

  private void launch(int id, List<String> by) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(id));
    arguments.add(folder.resolve("node-" + id).toString());
    arguments.addAll(ports);
    nodes.put(
        id,
        ProgramProcess.start(
            log(id), LOGGING, by, KafkaNode.class, arguments.toArray(String[]::new)));
  }

  private void awaitNodes(int number) {
    try (Admin admin = admin()) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                List<Node> known = List.copyOf(answer(admin.describeCluster().nodes()));
                return known.size() == number;
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("no cluster of " + number + " nodes: " + lastWords(), e);
    }
  }

  /** How it stands with every node, and the end of its log. */
  private String lastWords() {
    return nodes.entrySet().stream()
        .map(
            node ->
                "%nnode %d %s:%n%s"
                    .formatted(
                        node.getKey(),
                        node.getValue().isAlive() ? "lives" : "ended",
                        lastLines(log(node.getKey()))))
        .collect(Collectors.joining());
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Admin admin() {
    return Admin.create(KafkaSettings.of(bootstrapServers()).admin());
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private ProgramProcess running(int id) {
    return Objects.requireNonNull(nodes.get(id), () -> "node " + id + " does not run");
  }

  private Path log(int id) {
    return folder.resolve("node-" + id + ".log");
  }
}
