package brink.trainer.publish;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Who has a run id that several trainers took at once. */
class RunIdClaimTest {
  private static final TopicPartition PARTITION = new TopicPartition("brink.runs", 3);

  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());

  /** The partition holds records of these keys, from offset 10 on. */
  private void holds(String... keys) {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 10L));
    consumer.schedulePollTask(
        () -> {
          for (int i = 0; i < keys.length; i++) {
            consumer.addRecord(
                new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    10 + i,
                    keys[i].getBytes(StandardCharsets.UTF_8),
                    new byte[0]));
          }
        });
  }

  private void require(String runId, long ownOffset) {
    RunIdClaim.requireFirst(
        consumer, runId, new RecordMetadata(PARTITION, ownOffset, 0, 0, runId.length(), 0));
  }

  @Test
  void requireFirst_onlyOtherRunsBefore_passes() {
    holds("other", "another", "run", "run");
    assertThatCode(() -> require("run", 12)).doesNotThrowAnyException();
  }

  @Test
  void requireFirst_firstRecordOfTheTopic_passes() {
    holds("run");
    assertThatCode(() -> require("run", 10)).doesNotThrowAnyException();
  }

  @Test
  void requireFirst_sameIdBefore_givesWayAndSaysWhatToDo() {
    holds("other", "run", "another", "run");
    assertThatThrownBy(() -> require("run", 13))
        .isInstanceOf(RunIdTakenException.class)
        .hasMessageContainingAll(
            "run run: ", "offset 11 of brink.runs-3, this one has 13", "another --run-id")
        .hasMessageNotContaining("\n");
  }
}
