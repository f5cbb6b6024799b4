package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.Topic;
import brink.v1.Rejected;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

/** What stops the application once must not stop it for ever, and nothing may be lost for that. */
class SetbacksTest {
  private static final Rejected REJECTED =
      Rejected.newBuilder()
          .setTopic("brink.steps")
          .setPartition(2)
          .setOffset(17)
          .setDetail("why")
          .setRunId("run-a")
          .setKey(ByteString.copyFromUtf8("key"))
          .setValue(ByteString.copyFromUtf8("value"))
          .build();

  private final Setbacks setbacks = new Setbacks();
  private final RefusedOutput outputs = new RefusedOutput();
  private final RepeatedFailure failures = new RepeatedFailure();

  SetbacksTest() {
    Map<String, Object> configs = Map.of(Setbacks.CONFIG, setbacks);
    outputs.configure(configs);
    failures.configure(configs);
  }

  @Test
  void rejection_refusedForItsSize_isWrittenInBriefTheNextTime() {
    assertThat(setbacks.acceptable(REJECTED)).isEqualTo(REJECTED);
    assertThat(refuse("brink.rejected", new RecordTooLargeException("too large")))
        .isEqualTo(ProductionExceptionHandler.Result.FAIL);

    Rejected brief = setbacks.acceptable(REJECTED);
    assertThat(brief.getValue()).isEmpty();
    assertThat(brief.getKey()).isEmpty();
    assertThat(brief.getRunId()).isEqualTo("run-a");
    assertThat(brief.getDetail()).startsWith("why; Kafka refused").contains("max.message.bytes");
    Rejected other = REJECTED.toBuilder().setOffset(18).build();
    assertThat(setbacks.acceptable(other)).isEqualTo(other);
  }

  @Test
  void output_refused_isNeverLeftOut() {
    assertThat(refuse("brink.regimes", new RecordTooLargeException("too large")))
        .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    assertThat(refuse("brink.rejected", new IllegalStateException("other")))
        .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    assertThat(setbacks.acceptable(REJECTED)).isEqualTo(REJECTED);
  }

  @Test
  void record_thatFailsAgain_isSetAsideAndTheOthersGoOn() throws InvalidProtocolBufferException {
    assertThat(fail(17, new IllegalStateException("bug")).result())
        .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    ProcessingExceptionHandler.Response again = fail(17, new IllegalStateException("bug"));

    assertThat(again.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
    ProducerRecord<byte[], byte[]> letter = again.deadLetterQueueRecords().getFirst();
    assertThat(letter.topic()).isEqualTo(Topic.REJECTED.topicName());
    Rejected rejected = Rejected.parseFrom(letter.value());
    assertThat(rejected.getOffset()).isEqualTo(17);
    assertThat(rejected.getDetail()).contains("bug", "report");
    assertThat(rejected.getValue().toStringUtf8()).isEqualTo("value");
    assertThat(fail(18, new IllegalStateException("bug")).result())
        .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
  }

  @Test
  void failure_ofKafka_neverCountsAsTheRecords() {
    for (int i = 0; i < 3; i++) {
      assertThat(fail(17, new StreamsException("a send failed")).result())
          .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    }
  }

  private ProductionExceptionHandler.Result refuse(String topic, Exception failure) {
    return outputs
        .handleError(new At(17), new ProducerRecord<>(topic, REJECTED.toByteArray()), failure)
        .result();
  }

  private ProcessingExceptionHandler.Response fail(long offset, Exception failure) {
    return failures.handleError(new At(offset), null, failure);
  }

  private record At(long offset) implements ErrorHandlerContext {
    @Override
    public String topic() {
      return "brink.steps";
    }

    @Override
    public int partition() {
      return 2;
    }

    @Override
    public Headers headers() {
      return new RecordHeaders();
    }

    @Override
    public String processorNodeId() {
      return "fold";
    }

    @Override
    public TaskId taskId() {
      return new TaskId(0, 2);
    }

    @Override
    public long timestamp() {
      return 5;
    }

    @Override
    public byte[] sourceRawKey() {
      return "key".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] sourceRawValue() {
      return "value".getBytes(StandardCharsets.UTF_8);
    }
  }
}
