package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.RunEvent;
import brink.v1.StepObserved;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class MessageSerializerTest {
  private static final StepObserved STEP =
      StepObserved.newBuilder().setRunId("run").setStep(3).setLoss(0).build();

  private final MessageSerializer serializer = new MessageSerializer();
  private final Headers headers = new RecordHeaders();

  @Test
  void serialize_anyMessage_isReadBackByItsTopicsSerde() {
    byte[] bytes = serializer.serialize("brink.steps", headers, STEP);

    assertThat(BrinkSerdes.steps().deserializer().deserialize("brink.steps", headers, bytes))
        .isEqualTo(STEP);
  }

  @Test
  void serialize_messagesOfSeveralTypes_namesTheTypeOfEach() {
    serializer.serialize("brink.runs", headers, RunEvent.getDefaultInstance());
    serializer.serialize("brink.steps", headers, STEP);

    assertThat(headers.headers(ProtobufSerde.TYPE_HEADER))
        .extracting(header -> new String(header.value(), StandardCharsets.UTF_8))
        .containsExactly("brink.v1.StepObserved");
  }

  @Test
  void serialize_null_staysNullWithoutHeader() {
    assertThat(serializer.serialize("brink.steps", headers, null)).isNull();
    assertThat(serializer.serialize("brink.steps", null)).isNull();
    assertThat(headers).isEmpty();
  }

  @Test
  void serialize_withoutHeaders_givesTheSameBytes() {
    assertThat(serializer.serialize("brink.steps", STEP)).isEqualTo(STEP.toByteArray());
  }
}
