package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.Topic;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordOrderTest {
  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1_800_000_000L, 1_800_000_000_000L, Long.MAX_VALUE})
  void order_whateverTheClocks_isRunsBeforeSteps(long time) {
    assertThat(extract(Topic.RUNS, time)).isZero();
    assertThat(extract(Topic.STEPS, time)).isPositive();
  }

  private static long extract(Topic topic, long time) {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            topic.topicName(),
            0,
            0,
            time,
            TimestampType.CREATE_TIME,
            0,
            0,
            new byte[0],
            new byte[0],
            new RecordHeaders(),
            Optional.empty());
    return new RecordOrder().extract(record, 55);
  }
}
