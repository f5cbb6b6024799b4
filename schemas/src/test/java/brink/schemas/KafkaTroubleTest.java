package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.KafkaTrouble.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.CertPathBuilderException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no broker; the real ones are in distribution's SecuredKafkaIT. */
final class KafkaTroubleTest {
  private static final KafkaRight READ = KafkaRight.of(AclOperation.READ, Topic.RUNS);
  private static final KafkaSettings KAFKA = KafkaSettings.of("kafka:9093");

  @Test
  void of_timeoutWhereNothingListens_isRefused() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    KafkaTrouble trouble =
        KafkaTrouble.of(
            KafkaSettings.of("127.0.0.1:" + port), "read", new TimeoutException("late"), READ);

    assertThat(trouble.kind()).isEqualTo(Kind.REFUSED);
    assertThat(trouble.exception(null)).isInstanceOf(KafkaUnreachableException.class);
  }

  @Test
  void of_timeoutAtAnUnknownHost_isUnknownHost() {
    KafkaSettings nowhere = KafkaSettings.of("no-such-host.invalid:9092");

    assertThat(KafkaTrouble.of(nowhere, "read", new TimeoutException("late"), READ).kind())
        .isEqualTo(Kind.UNKNOWN_HOST);
  }

  @Test
  void of_wrongPassword_isCredentialsHoweverDeepItLies() {
    Throwable failure =
        new KafkaException("construct", new SaslAuthenticationException("invalid credentials"));

    assertThat(KafkaTrouble.of(KAFKA, "read", failure, READ).kind()).isEqualTo(Kind.CREDENTIALS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unable to find valid certification path to requested target | ssl.truststore.location",
        "No name matching broker found | --bootstrap-servers",
        "No subject alternative names matching IP address 10.0.0.1 found | --bootstrap-servers",
        "NotAfter: Tue Jan 01 00:00:00 UTC 2019 | renewed",
        "(certificate_required) Received fatal alert: certificate_required | ssl.keystore.location",
        "(handshake_failure) Received fatal alert: handshake_failure | check ssl.*"
      })
  void of_refusedCertificate_namesTheSetting(String reason, String remedy) {
    Throwable failure =
        new SslAuthenticationException(
            "SSL handshake failed",
            (SSLHandshakeException)
                new SSLHandshakeException("PKIX").initCause(new CertPathBuilderException(reason)));

    KafkaTrouble trouble = KafkaTrouble.of(KAFKA, "read", failure, READ);

    assertThat(trouble.kind()).isEqualTo(Kind.CERTIFICATE);
    assertThat(trouble.sentence()).contains(reason).contains(remedy);
  }

  @Test
  void of_refusedTopic_namesThatTopicAndWhatWasToBeDoneWithIt() {
    KafkaTrouble trouble =
        KafkaTrouble.of(
            KAFKA,
            "watch",
            new TopicAuthorizationException(Set.of("brink.flow")),
            READ,
            KafkaRight.of(AclOperation.WRITE, Topic.FLOW));

    assertThat(trouble.kind()).isEqualTo(Kind.RIGHT);
    assertThat(trouble.sentence()).contains("WRITE on topic brink.flow is missing");
  }

  @Test
  void of_refusedGroup_namesTheGroup() {
    KafkaTrouble trouble =
        KafkaTrouble.of(
            KAFKA, "watch", GroupAuthorizationException.forGroupId("brink-monitor"), READ);

    assertThat(trouble.sentence()).contains("READ on group brink-monitor is missing");
  }

  @Test
  void of_refusedTransaction_namesTheIds() {
    KafkaRight transactions =
        new KafkaRight(
            AclOperation.WRITE,
            ResourceType.TRANSACTIONAL_ID,
            "brink-monitor",
            PatternType.PREFIXED);

    assertThat(
            KafkaTrouble.of(
                    KAFKA,
                    "watch",
                    new TransactionalIdAuthorizationException("no"),
                    READ,
                    transactions)
                .sentence())
        .contains("WRITE on transactional id brink-monitor* is missing")
        .contains("--transactional-id brink-monitor --resource-pattern-type prefixed");
  }

  @Test
  void of_missingTopic_saysWhoCreatesIt() {
    KafkaTrouble trouble =
        KafkaTrouble.of(KAFKA, "read", new UnknownTopicOrPartitionException("?"), READ);

    assertThat(trouble.kind()).isEqualTo(Kind.TOPIC);
    assertThat(trouble.sentence()).contains("no topic brink.runs");
  }

  @Test
  void of_settingsThatTheClientRefuses_isSettings() {
    Throwable failure = new KafkaException("construct", new ConfigException("no such mechanism"));

    assertThat(KafkaTrouble.of(KAFKA, "read", failure, READ).kind()).isEqualTo(Kind.SETTINGS);
  }

  @Test
  void of_anythingElse_isKafkasOwnWords() {
    KafkaTrouble trouble = KafkaTrouble.of(KAFKA, "read", new KafkaException("odd"), READ);

    assertThat(trouble.kind()).isEqualTo(Kind.OTHER);
    assertThat(trouble.sentence()).contains("(odd)").contains("./brink doctor");
  }
}
