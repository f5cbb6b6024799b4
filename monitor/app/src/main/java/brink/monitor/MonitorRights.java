package brink.monitor;

import brink.schemas.KafkaRight;
import brink.schemas.Topic;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that the work of a monitor takes; docs/security.md lists them for people. */
final class MonitorRights {
  private MonitorRights() {}

  /** The more special ones first. */
  static KafkaRight[] of(String applicationId) {
    return Stream.concat(
            Stream.of(Topic.REGIMES, Topic.FLOW, Topic.REJECTED)
                .map(topic -> KafkaRight.of(AclOperation.WRITE, topic)),
            Stream.of(
                KafkaRight.ofAllTopics(AclOperation.READ),
                prefixed(AclOperation.ALL, ResourceType.TOPIC, applicationId),
                KafkaRight.ofGroup(AclOperation.READ, applicationId),
                prefixed(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, applicationId)))
        .toArray(KafkaRight[]::new);
  }

  private static KafkaRight prefixed(AclOperation operation, ResourceType resource, String name) {
    return new KafkaRight(operation, resource, name, PatternType.PREFIXED);
  }
}
