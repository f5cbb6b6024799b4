package brink.distribution.security;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker in a JVM of its own with a listener for each way to be secured, and Kafka's
 * StandardAuthorizer, which allows nothing that no access control list does. Who comes in by the
 * listener ADMIN may do everything.
 */
final class SecuredNode {
  private static final String CLUSTER_ID = "c2VjdXJlZC1icm9rZXItMQ";

  private static final String SCRAM_LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required;";

  private SecuredNode() {}

  /** Arguments: data folder, folder of the certificates, then the listeners' ports. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", "1");
    config.put("log.dirs", data.toString());
    config.put("controller.quorum.voters", "1@127.0.0.1:" + args[6]);
    config.put("controller.listener.names", "CONTROLLER");
    config.put("inter.broker.listener.name", "ADMIN");
    config.put(
        "listener.security.protocol.map",
        "ADMIN:PLAINTEXT,LOGIN:SASL_PLAINTEXT,TLS:SASL_SSL,MUTUAL:SSL,CONTROLLER:PLAINTEXT");
    String clients =
        "ADMIN://127.0.0.1:%s,LOGIN://127.0.0.1:%s,TLS://127.0.0.1:%s,MUTUAL://127.0.0.1:%s"
            .formatted(args[2], args[3], args[4], args[5]);
    config.put("advertised.listeners", clients);
    config.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + args[6]);
    config.putAll(login());
    config.putAll(tls(new Certificates(Path.of(args[1]))));
    config.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    config.put("super.users", "User:ANONYMOUS");
    config.putAll(oneNode());
    format(data);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "node-shutdown"));
    server.startup();
    server.awaitShutdown();
  }

  private static Map<String, String> login() {
    Map<String, String> config = new HashMap<>();
    config.put("sasl.enabled.mechanisms", "SCRAM-SHA-256,PLAIN");
    for (String listener : List.of("login", "tls")) {
      config.put("listener.name." + listener + ".scram-sha-256.sasl.jaas.config", SCRAM_LOGIN);
      config.put(
          "listener.name." + listener + ".plain.sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
              .formatted(SecuredKafka.PLAIN_USER, Certificates.PASSWORD));
    }
    return config;
  }

  private static Map<String, String> tls(Certificates certificates) {
    return Map.of(
        "ssl.keystore.location",
        certificates.keys("broker").toString(),
        "ssl.keystore.password",
        Certificates.PASSWORD,
        "ssl.truststore.location",
        certificates.trusting("client").toString(),
        "ssl.truststore.password",
        Certificates.PASSWORD,
        "listener.name.mutual.ssl.client.auth",
        "required");
  }

  private static Map<String, String> oneNode() {
    return Map.of(
        "auto.create.topics.enable", "false",
        "group.initial.rebalance.delay.ms", "0",
        "offsets.topic.num.partitions", "1",
        "offsets.topic.replication.factor", "1",
        "transaction.state.log.num.partitions", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1");
  }

  private static void format(Path data) throws Exception {
    Files.createDirectories(data);
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      new Formatter()
          .setPrintStream(new PrintStream(nowhere, false, StandardCharsets.UTF_8))
          .setNodeId(1)
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
