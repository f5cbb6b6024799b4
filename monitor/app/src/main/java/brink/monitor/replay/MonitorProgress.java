package brink.monitor.replay;

import brink.schemas.KafkaRight;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import brink.schemas.KafkaTrouble;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/** How far the monitor has come, by the offsets that it committed together with its verdicts. */
public final class MonitorProgress {
  private static final long TIMEOUT_SECONDS = 15;

  private MonitorProgress() {}

  /**
   * The next offset of each partition that the monitor has worked on.
   *
   * @throws KafkaSetupException if Kafka cannot be asked
   */
  public static Map<TopicPartition, OffsetAndMetadata> committed(
      KafkaSettings kafka, String applicationId) {
    try (Admin admin = Admin.create(kafka.admin())) {
      return admin
          .listConsumerGroupOffsets(applicationId)
          .partitionsToOffsetAndMetadata()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaSetupException("interrupted while asking Kafka for the monitor's progress", e);
    } catch (ExecutionException | TimeoutException e) {
      throw KafkaTrouble.exception(
          kafka,
          "tell how far the monitor '%s' has come".formatted(applicationId),
          e,
          KafkaRight.ofGroup(AclOperation.DESCRIBE, applicationId));
    }
  }

  /** Records up to these offsets that the monitor has before it. */
  static long behind(
      Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> lastOffsets) {
    long behind = 0;
    for (Map.Entry<TopicPartition, Long> last : lastOffsets.entrySet()) {
      OffsetAndMetadata next = committed.get(last.getKey());
      behind += Math.max(0, last.getValue() + 1 - (next == null ? 0 : next.offset()));
    }
    return behind;
  }
}
