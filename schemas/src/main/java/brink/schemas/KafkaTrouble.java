package brink.schemas;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Why Kafka cannot be used: the one place that maps what Kafka's clients throw to a cause, and says
 * what to do about it.
 *
 * @param kind the cause
 * @param sentence one line for people: the cause and the remedy
 */
public record KafkaTrouble(Kind kind, String sentence) {
  private static final String CHECK_ADDRESS = "check --bootstrap-servers and --config";

  private static final Set<AclOperation> CREATING =
      EnumSet.of(AclOperation.CREATE, AclOperation.ALL);

  /** The causes. */
  public enum Kind {
    /** No machine has that name. */
    UNKNOWN_HOST,
    /** Nothing takes a connection. */
    REFUSED,
    /** Connections are taken, and nothing is answered. */
    SILENT,
    /** Kafka answers, but not this, or not in time. */
    SLOW,
    /** The listener speaks TLS and the client does not, or the reverse. */
    TLS,
    /** The listener asks for a login and the client has none, or the reverse. */
    LOGIN,
    /** User name, password or mechanism are not accepted. */
    CREDENTIALS,
    /** One of the two certificates is not accepted. */
    CERTIFICATE,
    /** The user lacks a right. */
    RIGHT,
    /** A topic is missing. */
    TOPIC,
    /** Kafka's client does not take its settings. */
    SETTINGS,
    /** Anything else, which Kafka's own words have to explain. */
    OTHER;

    /** Whether it may pass by itself. */
    public boolean mayPass() {
      return this == REFUSED || this == SILENT || this == SLOW;
    }
  }

  /**
   * Finds the cause. Where a timeout hides it, the servers are asked, which takes some seconds at
   * most.
   *
   * @param kafka what the client was made of
   * @param attempt what was to be done, such as {@code read the runs}
   * @param failure what Kafka's client threw
   * @param needed rights that the attempt takes, one at least; the error says which resource was
   *     refused, and these what was to be done with it
   */
  public static KafkaTrouble of(
      KafkaSettings kafka, String attempt, Throwable failure, KafkaRight... needed) {
    if (find(failure, SslAuthenticationException.class).isPresent()) {
      return certificate(kafka, failure);
    }
    Optional<AuthenticationException> login = find(failure, AuthenticationException.class);
    if (login.isPresent()) {
      return credentials(kafka, login.get());
    }
    Optional<AuthorizationException> refusal = find(failure, AuthorizationException.class);
    if (refusal.isPresent()) {
      return notAllowed(kafka, attempt, lacking(refusal.get(), needed));
    }
    if (find(failure, UnknownTopicOrPartitionException.class).isPresent()) {
      return topic(kafka, needed[0].name());
    }
    if (find(failure, ConfigException.class).isPresent()) {
      return settings(kafka, failure);
    }
    return isTimeout(failure) ? timeout(kafka, attempt) : other(kafka, attempt, failure);
  }

  /** The same as an exception. */
  public static KafkaSetupException exception(
      KafkaSettings kafka, String attempt, Throwable failure, KafkaRight... needed) {
    return of(kafka, attempt, failure, needed).exception(failure);
  }

  /** Whether Kafka said no, which it will say again until somebody changes something. */
  public static boolean isRefusal(Throwable failure) {
    return find(failure, AuthenticationException.class).isPresent()
        || find(failure, AuthorizationException.class).isPresent();
  }

  /**
   * What to do about a failure of which the settings are not known.
   *
   * @param needed as above
   */
  static Optional<String> remedy(Throwable failure, KafkaRight... needed) {
    return find(failure, AuthorizationException.class)
        .map(refusal -> grant(null, lacking(refusal, needed)));
  }

  /**
   * An exception with this sentence: a {@link KafkaUnreachableException} where the cause may pass,
   * a {@link KafkaRightException} where a right is missing.
   *
   * @param failure for the log
   */
  public KafkaSetupException exception(@Nullable Throwable failure) {
    if (kind == Kind.RIGHT) {
      return new KafkaRightException(sentence, failure);
    }
    return kind.mayPass()
        ? new KafkaUnreachableException(sentence, failure)
        : new KafkaSetupException(sentence, failure);
  }

  static KafkaTrouble unknownHost(KafkaSettings kafka) {
    return new KafkaTrouble(
        Kind.UNKNOWN_HOST,
        "no machine has the name in %s; check --bootstrap-servers, and this machine's DNS"
            .formatted(kafka.bootstrapServers()));
  }

  static KafkaTrouble refused(KafkaSettings kafka) {
    return new KafkaTrouble(
        Kind.REFUSED,
        "nothing listens at %s; start Kafka (./brink demo brings one), or %s"
            .formatted(kafka.bootstrapServers(), CHECK_ADDRESS));
  }

  static KafkaTrouble silent(KafkaSettings kafka) {
    return new KafkaTrouble(
        Kind.SILENT,
        "what listens at %s does not answer as Kafka does; check that the broker is well, and that --bootstrap-servers has its port"
            .formatted(kafka.bootstrapServers()));
  }

  static KafkaTrouble tlsExpected(KafkaSettings kafka) {
    return protocol(Kind.TLS, kafka, "speaks TLS", kafka.logsIn() ? "SASL_SSL" : "SSL or SASL_SSL");
  }

  static KafkaTrouble tlsUnexpected(KafkaSettings kafka) {
    return protocol(
        Kind.TLS,
        kafka,
        "does not speak TLS",
        (kafka.logsIn() ? "SASL_PLAINTEXT" : "PLAINTEXT") + ", or use its port for TLS");
  }

  static KafkaTrouble loginExpected(KafkaSettings kafka) {
    return protocol(
        Kind.LOGIN,
        kafka,
        "asks for a login",
        "SASL_PLAINTEXT, with sasl.mechanism and sasl.jaas.config");
  }

  static KafkaTrouble loginUnexpected(KafkaSettings kafka) {
    return protocol(
        Kind.LOGIN, kafka, "asks for no login", "PLAINTEXT, or use its port for logins");
  }

  private static KafkaTrouble protocol(
      Kind kind, KafkaSettings kafka, String theirs, String wanted) {
    return new KafkaTrouble(
        kind,
        "Kafka at %s %s, but security.protocol is %s; set it to %s in --config"
            .formatted(kafka.bootstrapServers(), theirs, kafka.securityProtocol(), wanted));
  }

  private static KafkaTrouble credentials(KafkaSettings kafka, AuthenticationException failure) {
    return new KafkaTrouble(
        Kind.CREDENTIALS,
        "Kafka at %s did not accept the credentials (%s); check sasl.mechanism, and user name and password in sasl.jaas.config, in --config"
            .formatted(kafka.bootstrapServers(), line(failure)));
  }

  private static KafkaTrouble certificate(KafkaSettings kafka, Throwable failure) {
    String reason = rootMessage(failure);
    return new KafkaTrouble(
        Kind.CERTIFICATE,
        "no TLS connection with Kafka at %s (%s); %s"
            .formatted(kafka.bootstrapServers(), reason, certificateRemedy(reason)));
  }

  /** By the words of the JDK and of the alerts in RFC 8446, section 6.2. */
  private static String certificateRemedy(String reason) {
    String words = reason.toLowerCase(Locale.ROOT);
    if (words.contains("certification path") || words.contains("trust anchor")) {
      return "the broker's certificate is not trusted: name a file with the authority that signed"
          + " it in ssl.truststore.location of --config";
    }
    if (words.contains("no name matching") || words.contains("subject alternative")) {
      return "the broker's certificate is for another host: use a name that it has in"
          + " --bootstrap-servers";
    }
    if (words.contains("alert")
        && (words.contains("certificate") || words.contains("unknown_ca"))) {
      return "the broker does not accept this client's certificate: check ssl.keystore.location of"
          + " --config";
    }
    if (words.contains("expired") || words.contains("notafter") || words.contains("notbefore")) {
      return "the broker's certificate is not valid today: have it renewed, and check this"
          + " machine's clock";
    }
    return "check ssl.* in --config against the broker's";
  }

  /** A right that is known to be missing. */
  public static KafkaTrouble notAllowed(KafkaSettings kafka, String attempt, KafkaRight right) {
    return new KafkaTrouble(
        Kind.RIGHT,
        "Kafka at %s does not allow this user to %s; %s"
            .formatted(kafka.bootstrapServers(), attempt, grant(kafka, right)));
  }

  private static String grant(@Nullable KafkaSettings kafka, KafkaRight right) {
    return "%s is missing, which an administrator grants with: %s"
        .formatted(right.words(), right.command(kafka));
  }

  /** Kafka says what it refused, but not which operation: that is known from the attempt. */
  private static KafkaRight lacking(AuthorizationException refusal, KafkaRight... needed) {
    return switch (refusal) {
      case TopicAuthorizationException topics when !topics.unauthorizedTopics().isEmpty() ->
          needed(ResourceType.TOPIC, Collections.min(topics.unauthorizedTopics()), needed);
      // Kafka names no topic where one cannot be created.
      case TopicAuthorizationException _ ->
          Arrays.stream(needed)
              .filter(right -> CREATING.contains(right.operation()))
              .findFirst()
              .orElse(needed[0]);
      case GroupAuthorizationException group when group.groupId() != null ->
          needed(ResourceType.GROUP, group.groupId(), needed);
      case TransactionalIdAuthorizationException _ ->
          Arrays.stream(needed)
              .filter(right -> right.resource() == ResourceType.TRANSACTIONAL_ID)
              .findFirst()
              .orElse(needed[0]);
      default -> needed[0];
    };
  }

  /** The right to this very resource, if one was said to be needed. */
  private static KafkaRight needed(ResourceType resource, String name, KafkaRight... needed) {
    List<KafkaRight> ofThisKind =
        Arrays.stream(needed).filter(right -> right.resource() == resource).toList();
    AclOperation operation =
        ofThisKind.stream()
            .filter(right -> right.covers(name))
            .findFirst()
            .or(() -> ofThisKind.stream().findFirst())
            .map(KafkaRight::operation)
            .orElse(AclOperation.READ);
    return new KafkaRight(operation, resource, name, PatternType.LITERAL);
  }

  private static KafkaTrouble topic(KafkaSettings kafka, String topic) {
    return new KafkaTrouble(
        Kind.TOPIC,
        "Kafka at %s has no topic %s; start ./brink monitor once, it creates the topics"
            .formatted(kafka.bootstrapServers(), topic));
  }

  /** A topic that is not there. */
  public static KafkaTrouble missing(KafkaSettings kafka, Topic topic) {
    return topic(kafka, topic.topicName());
  }

  private static KafkaTrouble settings(KafkaSettings kafka, Throwable failure) {
    return new KafkaTrouble(
        Kind.SETTINGS,
        "cannot use Kafka at %s (%s); %s"
            .formatted(kafka.bootstrapServers(), rootMessage(failure), CHECK_ADDRESS));
  }

  private static KafkaTrouble timeout(KafkaSettings kafka, String attempt) {
    KafkaTrouble found = BootstrapServers.trouble(kafka);
    return found != null
        ? found
        : new KafkaTrouble(
            Kind.SLOW,
            "Kafka at %s answers, but was too slow to %s; try again, and check that the addresses it names itself by (advertised.listeners) can be reached from here"
                .formatted(kafka.bootstrapServers(), attempt));
  }

  private static KafkaTrouble other(KafkaSettings kafka, String attempt, Throwable failure) {
    return new KafkaTrouble(
        Kind.OTHER,
        "Kafka at %s could not %s (%s); %s, or run ./brink doctor"
            .formatted(kafka.bootstrapServers(), attempt, rootMessage(failure), CHECK_ADDRESS));
  }

  private static boolean isTimeout(Throwable failure) {
    return find(failure, RetriableException.class).isPresent()
        || find(failure, TimeoutException.class).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return line(root);
  }

  private static String line(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
