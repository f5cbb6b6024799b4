package brink.monitor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.SyntheticRun;
import brink.schemas.Topic;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of all topics that the catalogue reads. */
class RunTableFuzzTest {
  private static final byte[] KEY = "run-a".getBytes(StandardCharsets.UTF_8);

  @FuzzTest
  void record_ofAnyBytes_leavesATableThatCanBeShown(byte[] value)
      throws InvalidProtocolBufferException {
    RunTable table = new RunTable();
    table.apply(record(Topic.RUNS, new SyntheticRun("run-a").start().toByteArray()));
    for (Topic topic : List.of(Topic.RUNS, Topic.REGIMES, Topic.FLOW)) {
      table.apply(record(topic, value));
    }

    for (RunEntry entry : table.all()) {
      assertThat(entry.status()).isNotNull();
      assertThat(entry.regime().getNumber()).isNotNegative();
      assertThat(entry.bytes()).isLessThan(100_000);
      if (entry.started() != null) {
        assertThat(JsonFormat.printer().print(entry.started())).isNotBlank();
      }
      if (entry.ended() != null) {
        assertThat(JsonFormat.printer().print(entry.ended())).isNotBlank();
      }
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(Topic topic, byte[] value) {
    return new ConsumerRecord<>(topic.topicName(), 0, 0, KEY, value);
  }
}
