package brink.distribution.security;

import static org.awaitility.Awaitility.await;

import brink.distribution.FreePort;
import brink.distribution.ProgramProcess;
import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/** A {@link SecuredNode} that runs, and who may do what there. */
final class SecuredKafka implements AutoCloseable {
  static final String PLAIN_USER = "plain";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LISTENERS = 5;

  private final Path folder;
  private final List<String> ports;
  private final Certificates certificates;
  private final ProgramProcess node;
  private final Admin admin;

  private SecuredKafka(
      Path folder, List<String> ports, Certificates certificates, ProgramProcess node) {
    this.folder = folder;
    this.ports = ports;
    this.certificates = certificates;
    this.node = node;
    this.admin = Admin.create(KafkaSettings.of(adminServers()).admin());
  }

  /** Starts one that takes requests. */
  static SecuredKafka start(Path folder) throws IOException {
    Certificates certificates = Certificates.make(folder.resolve("certificates"));
    List<String> ports = IntStream.range(0, LISTENERS).mapToObj(_ -> FreePort.find()).toList();
    ProgramProcess node =
        ProgramProcess.start(
            folder.resolve("node.log"),
            Map.of("BRINK_KAFKA_LOG", "INFO"),
            List.of(),
            SecuredNode.class,
            folder.resolve("data").toString(),
            certificates.folder().toString(),
            ports.get(0),
            ports.get(1),
            ports.get(2),
            ports.get(3),
            ports.get(4));
    SecuredKafka kafka = new SecuredKafka(folder, ports, certificates, node);
    try {
      await("a broker, see " + folder.resolve("node.log"))
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> answer(kafka.admin.describeCluster().nodes()).size() == 1);
      return kafka;
    } catch (RuntimeException | Error e) {
      kafka.close();
      throw e;
    }
  }

  /** Where everything is allowed, without TLS and login. */
  String adminServers() {
    return "127.0.0.1:" + ports.get(0);
  }

  /** Where one logs in, without TLS. */
  String loginServers() {
    return "127.0.0.1:" + ports.get(1);
  }

  /** Where one logs in, with TLS. */
  String tlsServers() {
    return "127.0.0.1:" + ports.get(2);
  }

  /** Where one's certificate is one's login. */
  String mutualServers() {
    return "127.0.0.1:" + ports.get(3);
  }

  Certificates certificates() {
    return certificates;
  }

  /** Makes a user with these rights; the client properties by which it logs in without TLS. */
  Path user(String name, Collection<KafkaRight> rights) throws IOException {
    answer(
        admin
            .alterUserScramCredentials(
                List.of(
                    new UserScramCredentialUpsertion(
                        name,
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                        Certificates.PASSWORD)))
            .all());
    grant(name, rights);
    return properties(name, loginServers(), scram(name, Certificates.PASSWORD));
  }

  /** Grants rights, and returns when they hold. */
  void grant(String user, Collection<KafkaRight> rights) {
    List<AclBinding> bindings = rights.stream().map(right -> binding(user, right)).toList();
    answer(admin.createAcls(bindings).all());
    await()
        .atMost(PATIENCE)
        .until(
            () -> answer(admin.describeAcls(AclBindingFilter.ANY).values()).containsAll(bindings));
  }

  /** A file of client properties. */
  Path properties(String name, String servers, Map<String, String> more) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.put("bootstrap.servers", servers);
    Path file = folder.resolve(name + ".properties");
    Files.writeString(
        file,
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n")));
    return file;
  }

  /** How a user logs in without TLS. */
  static Map<String, String> scram(String user, String password) {
    return Map.of(
        "security.protocol", "SASL_PLAINTEXT",
        "sasl.mechanism", "SCRAM-SHA-256",
        "sasl.jaas.config", login("scram.Scram", user, password));
  }

  /** A line of sasl.jaas.config. */
  static String login(String module, String user, String password) {
    return "org.apache.kafka.common.security.%sLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(module, user, password);
  }

  /** What makes a client trust a certificate. */
  Map<String, String> trusting(String whom) {
    return Map.of(
        "ssl.truststore.location",
        certificates.trusting(whom).toString(),
        "ssl.truststore.password",
        Certificates.PASSWORD);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    node.kill();
  }

  private static AclBinding binding(String user, KafkaRight right) {
    return new AclBinding(
        new ResourcePattern(right.resource(), right.name(), right.pattern()),
        new AccessControlEntry("User:" + user, "*", right.operation(), AclPermissionType.ALLOW));
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
