package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.v1.FlowFitted;
import brink.v1.GradientChunk;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RunEvent;
import brink.v1.RunNote;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BrinkSerdesTest {
  private static final StepObserved STEP =
      StepObserved.newBuilder().setRunId("r").setStep(7).setLoss(0.0).build();

  static Stream<Arguments> everyTopic() {
    RunStarted started = RunStarted.newBuilder().setRunId("r").setName("α").build();
    return Stream.of(
        Arguments.of(
            Topic.RUNS, BrinkSerdes.runs(), RunEvent.newBuilder().setStarted(started).build()),
        Arguments.of(Topic.STEPS, BrinkSerdes.steps(), STEP),
        Arguments.of(
            Topic.GRADIENTS,
            BrinkSerdes.gradients(),
            GradientChunk.newBuilder().setRunId("r").setCrc32C(-1).build()),
        Arguments.of(
            Topic.REGIMES, BrinkSerdes.regimes(), RegimeChanged.newBuilder().setRunId("r").build()),
        Arguments.of(
            Topic.FLOW, BrinkSerdes.flow(), FlowFitted.newBuilder().setConsistent(false).build()),
        Arguments.of(
            Topic.REJECTED, BrinkSerdes.rejected(), Rejected.newBuilder().setOffset(3).build()),
        Arguments.of(Topic.NOTES, BrinkSerdes.notes(), RunNote.newBuilder().setRunId("r").build()));
  }

  @ParameterizedTest
  @MethodSource("everyTopic")
  <T extends Message> void roundTrip_ofEveryTopic_givesTheMessageAndNamesItsType(
      Topic topic, ProtobufSerde<T> serde, T message) {
    Headers headers = new RecordHeaders();

    byte[] bytes = serde.serializer().serialize(topic.topicName(), headers, message);

    assertThat(serde.deserializer().deserialize(topic.topicName(), headers, bytes))
        .isEqualTo(message);
    assertThat(typeHeader(headers)).isEqualTo(topic.messageType().getFullName());
  }

  @Test
  void roundTrip_ofZeroAndAbsent_keepsThemApart() {
    byte[] bytes = BrinkSerdes.steps().serializer().serialize("t", STEP);

    StepObserved read = BrinkSerdes.steps().deserializer().deserialize("t", bytes);

    assertThat(read.hasLoss()).isTrue();
    assertThat(read.hasWeightNormSquared()).isFalse();
  }

  @Test
  void serialize_withTheInputsTypeInTheHeaders_replacesIt() {
    Headers headers = new RecordHeaders();
    BrinkSerdes.runs().serializer().serialize("in", headers, RunEvent.getDefaultInstance());

    BrinkSerdes.steps().serializer().serialize("out", headers, STEP);

    assertThat(headers.headers(ProtobufSerde.TYPE_HEADER)).hasSize(1);
    assertThat(typeHeader(headers)).isEqualTo("brink.v1.StepObserved");
  }

  @Test
  void deserialize_corruptBytes_namesTopicTypeAndSize() {
    byte[] corrupt = {0x0A, 0x7F, 0x01};

    assertThatThrownBy(() -> BrinkSerdes.steps().deserializer().deserialize("brink.steps", corrupt))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("3 bytes in brink.steps are not a brink.v1.StepObserved");
  }

  @Test
  void deserialize_headerOfAnotherType_isRefused() {
    Headers headers = new RecordHeaders();
    byte[] bytes = BrinkSerdes.steps().serializer().serialize("t", headers, STEP);

    assertThatThrownBy(() -> BrinkSerdes.runs().deserializer().deserialize("t", headers, bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("brink.v1.StepObserved")
        .hasMessageContaining("brink.v1.RunEvent");
  }

  @Test
  void deserialize_withoutHeader_isAccepted() {
    byte[] bytes = STEP.toByteArray();

    assertThat(BrinkSerdes.steps().deserializer().deserialize("t", new RecordHeaders(), bytes))
        .isEqualTo(STEP);
  }

  @Test
  void nullValue_bothWays_staysNull() {
    Headers headers = new RecordHeaders();

    assertThat(BrinkSerdes.steps().serializer().serialize("t", headers, null)).isNull();
    assertThat(
            BrinkSerdes.steps().deserializer().deserialize("t", headers, (byte @Nullable []) null))
        .isNull();
  }

  private static String typeHeader(Headers headers) {
    return new String(
        headers.lastHeader(ProtobufSerde.TYPE_HEADER).value(), StandardCharsets.UTF_8);
  }
}
