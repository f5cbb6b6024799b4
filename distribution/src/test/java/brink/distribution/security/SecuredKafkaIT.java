package brink.distribution.security;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.FreePort;
import brink.distribution.Program;
import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.Replication;
import brink.schemas.TopicCreation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say where security is the trouble, by a real broker. */
final class SecuredKafkaIT {
  @TempDir static Path folder;
  private static SecuredKafka kafka;

  @BeforeAll
  static void start() throws IOException {
    kafka = SecuredKafka.start(folder);
    TopicCreation.ensure(KafkaSettings.of(kafka.adminServers()), 1, Replication.AUTOMATIC);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void doctor_nothingListens_saysSo() throws IOException {
    Path config = kafka.properties("nobody", "127.0.0.1:" + FreePort.find(), Map.of());

    assertFails(doctor(config), "nothing listens at 127.0.0.1:", "start Kafka");
  }

  @Test
  void doctor_wrongPassword_pointsToTheCredentials() throws IOException {
    var _ = kafka.user("wrong", List.of());
    Path config =
        kafka.properties("wrong-2", kafka.loginServers(), SecuredKafka.scram("wrong", "guessed"));

    assertFails(doctor(config), "did not accept the credentials", "sasl.jaas.config");
    assertThat(doctor(config).out()).doesNotContain("guessed");
  }

  @Test
  void doctor_mechanismThatTheBrokerLacks_namesThoseThatItHas() throws IOException {
    Map<String, String> login = new HashMap<>(SecuredKafka.scram("any", "password"));
    login.put("sasl.mechanism", "SCRAM-SHA-512");
    Path config = kafka.properties("mechanism", kafka.loginServers(), login);

    assertFails(
        doctor(config), "did not accept the credentials", "SCRAM-SHA-256", "sasl.mechanism");
  }

  @Test
  void doctor_withoutTlsWhereTheBrokerSpeaksIt_namesTheProtocol() throws IOException {
    Path config = kafka.properties("no-tls", kafka.tlsServers(), Map.of());

    assertFails(
        doctor(config),
        "speaks TLS, but security.protocol is PLAINTEXT; set it to SSL or SASL_SSL");
  }

  @Test
  void doctor_withTlsWhereTheBrokerDoesNot_namesTheProtocol() throws IOException {
    Path config =
        kafka.properties("too-much-tls", kafka.adminServers(), Map.of("security.protocol", "SSL"));

    assertFails(doctor(config), "does not speak TLS, but security.protocol is SSL");
  }

  @Test
  void doctor_withoutLoginWhereTheBrokerAsksForOne_namesTheProtocol() throws IOException {
    Path config = kafka.properties("no-login", kafka.loginServers(), Map.of());

    assertFails(doctor(config), "asks for a login, but security.protocol is PLAINTEXT");
  }

  @Test
  void doctor_loginWhereTheBrokerAsksForNone_saysSo() throws IOException {
    Path config =
        kafka.properties("login", kafka.adminServers(), SecuredKafka.scram("any", "password"));

    assertFails(doctor(config), "did not accept the credentials");
  }

  @Test
  void doctor_brokerThatIsNotTrusted_namesTheTruststore() throws IOException {
    Path config = kafka.properties("distrust", kafka.tlsServers(), tls("stranger"));

    assertFails(doctor(config), "certificate is not trusted", "ssl.truststore.location");
  }

  @Test
  void doctor_certificateForAnotherHost_pointsToTheAddress() throws IOException {
    String servers = kafka.tlsServers().replace("127.0.0.1", "localhost");
    Path config = kafka.properties("other-host", servers, tls("broker"));

    assertFails(doctor(config), "certificate is for another host", "--bootstrap-servers");
  }

  @Test
  void doctor_withoutACertificateWhereTheBrokerAsksForOne_namesTheKeystore() throws IOException {
    Map<String, String> properties = new HashMap<>(kafka.trusting("broker"));
    properties.put("security.protocol", "SSL");
    Path config = kafka.properties("no-certificate", kafka.mutualServers(), properties);

    assertFails(
        doctor(config), "does not accept this client's certificate", "ssl.keystore.location");
  }

  @Test
  void doctor_withoutAnyRight_saysWhatToGrant() throws IOException {
    Path config = kafka.user("nobody", List.of());

    Program.Result result = doctor(config);

    assertFails(
        result,
        "does not allow this user to see brink.runs, brink.steps",
        "--allow-principal User:nobody --operation Describe --topic brink."
            + " --resource-pattern-type prefixed");
    assertThat(result.out()).doesNotContain("is missing; ./brink monitor creates it");
  }

  @Test
  void doctor_withoutDescribeConfigs_isWell() throws IOException {
    Path config =
        kafka.user(
            "reader",
            List.of(
                KafkaRight.ofAllTopics(AclOperation.READ),
                KafkaRight.ofGroup(AclOperation.DESCRIBE, "brink-monitor")));

    Program.Result result = doctor(config);

    assertThat(result.out())
        .contains("may read it, and not write; its settings are not checked")
        .doesNotContain("FAIL");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void runs_withEachWayToLogIn_works() throws IOException {
    List<KafkaRight> reading = List.of(KafkaRight.ofAllTopics(AclOperation.READ));
    Path scram = kafka.user("scram", reading);
    Map<String, String> scramTls = new HashMap<>(tls("broker"));
    scramTls.putAll(
        Map.of(
            "sasl.jaas.config", SecuredKafka.login("scram.Scram", "scram", Certificates.PASSWORD)));
    kafka.grant(SecuredKafka.PLAIN_USER, reading);
    Map<String, String> plain = new HashMap<>(tls("broker"));
    plain.put("sasl.mechanism", "PLAIN");
    plain.put(
        "sasl.jaas.config",
        SecuredKafka.login("plain.Plain", SecuredKafka.PLAIN_USER, Certificates.PASSWORD));
    kafka.grant("CN=client", reading);
    Map<String, String> mutual = new HashMap<>(kafka.trusting("broker"));
    mutual.put("security.protocol", "SSL");
    mutual.put("ssl.keystore.location", kafka.certificates().keys("client").toString());
    mutual.put("ssl.keystore.password", Certificates.PASSWORD);

    for (Path config :
        List.of(
            scram,
            kafka.properties("scram-tls", kafka.tlsServers(), scramTls),
            kafka.properties("plain-tls", kafka.tlsServers(), plain),
            kafka.properties("mutual", kafka.mutualServers(), mutual))) {
      Program.Result result = Program.run("runs", "--config", config.toString());
      assertThat(result.err()).as("errors with %s", config.getFileName()).isEmpty();
      assertThat(result.exitCode()).isZero();
    }
  }

  /** A client of SASL_SSL that trusts someone. */
  private static Map<String, String> tls(String trusted) {
    Map<String, String> properties = new HashMap<>(SecuredKafka.scram("any", "password"));
    properties.putAll(kafka.trusting(trusted));
    properties.put("security.protocol", "SASL_SSL");
    return properties;
  }

  private static Program.Result doctor(Path config) {
    return Program.run("doctor", "--config", config.toString());
  }

  private static void assertFails(Program.Result result, String... words) {
    assertThat(result.out().lines().filter(line -> line.startsWith("FAIL")))
        .singleElement()
        .asString()
        .contains(words);
    assertThat(result.exitCode()).isEqualTo(1);
  }
}
