package brink.monitor.replay;

import brink.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A record as a consumer of raw bytes gets it. */
final class RawRecord {
  private RawRecord() {}

  static ConsumerRecord<byte[], byte[]> of(
      Topic topic, int partition, long offset, String key, byte[] value, long time) {
    return new ConsumerRecord<>(
        topic.topicName(),
        partition,
        offset,
        time,
        TimestampType.CREATE_TIME,
        key.length(),
        value.length,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
