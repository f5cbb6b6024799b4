package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.Topic;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EventOrderTest {
  private static final SyntheticRun RUN = new SyntheticRun("run-a");

  @Test
  void order_inOneMillisecond_isStartStepEnd() {
    long start = extract(Topic.RUNS, RUN.start().toByteArray(), 100);
    long step = extract(Topic.STEPS, RUN.steps(1).getFirst().toByteArray(), 100);
    long end = extract(Topic.RUNS, RUN.end(0).toByteArray(), 100);

    assertThat(start).isLessThan(step);
    assertThat(step).isLessThan(end);
  }

  @Test
  void extract_withoutTime_takesThePartitionsTime() {
    assertThat(extract(Topic.STEPS, new byte[0], -1)).isEqualTo(55);
  }

  @Test
  void extract_ofGarbageInRuns_isItsOwnTime() {
    assertThat(extract(Topic.RUNS, new byte[] {-1, -1}, 100)).isEqualTo(100);
  }

  private static long extract(Topic topic, byte[] value, long time) {
    ConsumerRecord<Object, Object> record =
        new ConsumerRecord<>(
            topic.topicName(),
            0,
            0,
            time,
            TimestampType.CREATE_TIME,
            0,
            value.length,
            new byte[0],
            value,
            new RecordHeaders(),
            Optional.empty());
    return new EventOrder().extract(record, 55);
  }
}
