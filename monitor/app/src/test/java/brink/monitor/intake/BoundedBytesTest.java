package brink.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class BoundedBytesTest {
  private static final String STEPS = Topic.STEPS.topicName();
  private static final int LIMIT = Topic.STEPS.maxMessageBytes();

  private final PollBudget budget = new PollBudget();
  private final BoundedBytes values = new BoundedBytes(budget, RecordLimits::valueBytes);

  @Test
  void value_upToTheLimit_isWhole() {
    assertThat(read(LIMIT)).hasSize(LIMIT);
    assertThat(RecordLimits.isTooLarge(STEPS, read(LIMIT))).isFalse();
  }

  @Test
  void value_beyondTheLimit_isCutJustBehindIt() {
    byte[] cut = read(12 * LIMIT);

    assertThat(cut).hasSize(LIMIT + 1);
    assertThat(RecordLimits.isTooLarge(STEPS, cut)).isTrue();
  }

  @Test
  void value_ofAnotherTopic_isWhole() {
    ByteBuffer data = ByteBuffer.allocate(3 * LIMIT);

    assertThat(values.deserialize("someone's", new RecordHeaders(), data)).hasSize(3 * LIMIT);
  }

  @Test
  void poll_withMuch_isEndedAndGoesOnWithTheNext() {
    int fit = PollBudget.BYTES / LIMIT;
    for (int i = 0; i < fit; i++) {
      assertThat(read(LIMIT)).hasSize(LIMIT);
    }
    assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> read(1));

    budget.refill();
    assertThat(read(1)).hasSize(1);
  }

  @Test
  void headers_ofAnyNumberAndSize_becomeTheTypeAlone() {
    RecordHeaders headers = new RecordHeaders();
    byte[] type = "brink.v1.StepObserved".getBytes(StandardCharsets.UTF_8);
    headers.add(ProtobufSerde.TYPE_HEADER, "an older one".getBytes(StandardCharsets.UTF_8));
    headers.add("huge", new byte[LIMIT]).add("none", null).add(ProtobufSerde.TYPE_HEADER, type);
    BoundedHeaders.trim(headers);

    assertThat(headers.toArray())
        .singleElement()
        .satisfies(header -> assertThat(header.value()).isEqualTo(type));
  }

  @Test
  void typeHeader_thatIsHuge_isCut() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(ProtobufSerde.TYPE_HEADER, new byte[LIMIT]);
    BoundedHeaders.trim(headers);

    assertThat(headers.lastHeader(ProtobufSerde.TYPE_HEADER).value()).hasSize(256);
  }

  private byte[] read(int length) {
    return Objects.requireNonNull(
        values.deserialize(STEPS, new RecordHeaders(), ByteBuffer.allocate(length)));
  }
}
