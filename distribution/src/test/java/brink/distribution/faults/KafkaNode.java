package brink.distribution.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One node of a cluster, broker and controller, in a JVM of its own. Unlike the product's broker it
 * has peers; the settings are Kafka's own where nothing is said, as on a stock cluster, but for the
 * copies of Kafka's internal topics, which a cluster of one node cannot have three of.
 */
final class KafkaNode {
  /** Any id does, the same for all nodes. */
  private static final String CLUSTER_ID = "c2VydmVyLWZhdWx0cy0xMg";

  private KafkaNode() {}

  /** Arguments: node id, data folder, then client port and controller port of every node. */
  public static void main(String[] args) throws Exception {
    int id = Integer.parseInt(args[0]);
    Path data = Path.of(args[1]);
    int nodes = (args.length - 2) / 2;
    Map<String, String> config = new HashMap<>();
    String clients = "PLAINTEXT://127.0.0.1:" + args[2 * id];
    config.put("process.roles", "broker,controller");
    config.put("node.id", Integer.toString(id));
    config.put("log.dirs", data.toString());
    config.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + args[2 * id + 1]);
    config.put("advertised.listeners", clients);
    config.put("controller.listener.names", "CONTROLLER");
    config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, nodes)
            .mapToObj(node -> node + "@127.0.0.1:" + args[2 * node + 1])
            .collect(Collectors.joining(",")));
    config.put("auto.create.topics.enable", "false");
    config.put("offsets.topic.num.partitions", "4");
    config.put("transaction.state.log.num.partitions", "4");
    config.put("offsets.topic.replication.factor", Integer.toString(nodes));
    config.put("transaction.state.log.replication.factor", Integer.toString(nodes));
    config.put("transaction.state.log.min.isr", nodes > 1 ? "2" : "1");
    format(id, data);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "node-shutdown"));
    server.startup();
    server.awaitShutdown();
  }

  private static void format(int id, Path data) throws Exception {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(data);
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      new Formatter()
          .setPrintStream(new PrintStream(nowhere, false, StandardCharsets.UTF_8))
          .setNodeId(id)
          .setClusterId(CLUSTER_ID)
          .setDirectories(List.of(data.toString()))
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw new IOException("cannot format " + data, e);
    }
  }
}
