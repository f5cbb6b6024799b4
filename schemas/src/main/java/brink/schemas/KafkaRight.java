package brink.schemas;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * A right of a Kafka user, as access control lists grant it.
 *
 * @param operation what may be done
 * @param resource kind of what it is done to
 * @param name of that; the beginning of names where the pattern is a prefix
 * @param pattern LITERAL or PREFIXED
 */
public record KafkaRight(
    AclOperation operation, ResourceType resource, String name, PatternType pattern) {
  /** What the names of all topics of the catalogue begin with. */
  public static final String TOPICS = "brink.";

  /** Stands where nothing tells the user's name. */
  private static final String UNKNOWN_USER = "NAME";

  private static final Pattern JAAS_USER = Pattern.compile("\\busername\\s*=\\s*\"([\\w.@-]+)\"");

  /** A right to one topic. */
  public static KafkaRight of(AclOperation operation, Topic topic) {
    return of(operation, topic.topicName());
  }

  /** A right to one topic. */
  public static KafkaRight of(AclOperation operation, String topic) {
    return new KafkaRight(operation, ResourceType.TOPIC, topic, PatternType.LITERAL);
  }

  /** A right to all topics of the catalogue. */
  public static KafkaRight ofAllTopics(AclOperation operation) {
    return new KafkaRight(operation, ResourceType.TOPIC, TOPICS, PatternType.PREFIXED);
  }

  /** The right to work in a group, or to ask how far it is. */
  public static KafkaRight ofGroup(AclOperation operation, String group) {
    return new KafkaRight(operation, ResourceType.GROUP, group, PatternType.LITERAL);
  }

  /** Whether it is a right to a resource of this name. */
  boolean covers(String resourceName) {
    return pattern == PatternType.PREFIXED
        ? resourceName.startsWith(name)
        : resourceName.equals(name);
  }

  /** For example {@code WRITE on topic brink.steps}. */
  public String words() {
    String of = resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "%s on %s %s%s"
        .formatted(operation, of, name, pattern == PatternType.PREFIXED ? "*" : "");
  }

  /**
   * The command that grants it, for whoever administers the cluster.
   *
   * @param kafka the settings of the user that lacks the right; null where they are not known
   */
  public String command(@Nullable KafkaSettings kafka) {
    return "kafka-acls --bootstrap-server %s --command-config ADMIN.properties --add --allow-principal User:%s --operation %s --%s %s%s"
        .formatted(
            kafka == null ? "HOST:PORT" : kafka.bootstrapServers(),
            user(kafka),
            SecurityUtils.operationName(operation),
            resource.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            name,
            pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
  }

  /** A user's name is no secret; all else that stands beside it may be one. */
  private static String user(@Nullable KafkaSettings kafka) {
    if (kafka == null || !kafka.logsIn()) {
      return UNKNOWN_USER;
    }
    String login = kafka.clientProperties().getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, "");
    Matcher user = JAAS_USER.matcher(login);
    return user.find() ? user.group(1) : UNKNOWN_USER;
  }
}
