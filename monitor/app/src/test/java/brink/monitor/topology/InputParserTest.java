package brink.monitor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.run.SyntheticRun;
import brink.schemas.ProtobufSerde;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.GradientChunk;
import brink.v1.RejectionReason;
import brink.v1.StepObserved;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the parser says of bytes that are no message of their topic. */
class InputParserTest {
  private static final String RUN = "run-a";

  private final SyntheticRun run = new SyntheticRun(RUN);
  private final StepObserved step = run.steps(1).getFirst();
  private final InputParser parser = new InputParser();

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"RUNS", "STEPS"})
  void registryFrame_always_isNamedWithItsSchema(Topic topic) {
    byte[] message = topic == Topic.RUNS ? run.start().toByteArray() : step.toByteArray();
    byte[] firstMessage = {0};
    byte[] secondMessage = {2, 2};

    assertCorrupt(
        topic, frame(1234, firstMessage, message), "Schema Registry frame", "schema 1234");
    assertCorrupt(topic, frame(7, secondMessage, message), "Schema Registry frame", "schema 7");
  }

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"RUNS", "STEPS"})
  void otherFormats_always_areNamed(Topic topic) throws IOException {
    assertCorrupt(topic, text("{\"run_id\": \"run-a\", \"step\": 3}"), "JSON");
    assertCorrupt(topic, text(" \n[1, 2]\n"), "JSON");
    assertCorrupt(topic, text("\uFEFF{\"a\":1}"), "JSON");
    assertCorrupt(topic, text("Obj\u0001\u0004\u0014avro.codec"), "Avro");
    assertCorrupt(topic, gzip(step.toByteArray()), "gzip");
    assertCorrupt(topic, hex(0x28b52ffd, 0x24003100), "zstd");
    assertCorrupt(topic, hex(0x04224d18, 0x24003100), "LZ4");
  }

  @Test
  void message_withoutItsEvent_isNamed() {
    assertCorrupt(Topic.RUNS, run.started().toByteArray(), "a bare RunStarted", "field started");
    assertCorrupt(
        Topic.RUNS, run.end(5).getEnded().toByteArray(), "a bare RunEnded", "field ended");
  }

  @Test
  void message_ofAnotherTopic_isNamedWithItsTopic() {
    assertCorrupt(Topic.RUNS, step.toByteArray(), "a bare StepObserved", "to brink.steps");
    assertCorrupt(Topic.STEPS, run.start().toByteArray(), "a RunEvent", "to brink.runs");
    assertCorrupt(Topic.STEPS, run.end(5).toByteArray(), "a RunEvent", "to brink.runs");
    assertCorrupt(Topic.STEPS, run.started().toByteArray(), "a bare RunStarted", "to brink.runs");
    assertCorrupt(Topic.STEPS, run.end(5).getEnded().toByteArray(), "a bare RunEnded");
    GradientChunk chunk =
        GradientChunk.newBuilder()
            .setRunId(RUN)
            .setStep(3)
            .setCount(1)
            .setTotal(2)
            .setData(ByteString.copyFrom(new byte[8]))
            .build();
    assertCorrupt(Topic.STEPS, chunk.toByteArray(), "a bare GradientChunk", "brink.gradients");
    FlowFitted flow = FlowFitted.newBuilder().setRunId(RUN).setStep(3).setFlowTime(0.5).build();
    assertCorrupt(Topic.RUNS, flow.toByteArray(), "a bare FlowFitted", "only the monitor");
  }

  @Test
  void garbage_ofNoKnownKind_saysWhatToSend() {
    assertCorrupt(Topic.STEPS, text("not a protobuf"), "brink.v1.StepObserved", "send");
    assertCorrupt(Topic.RUNS, null, "no value", "send");
  }

  @Test
  void header_ofAnotherType_saysWhere() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(ProtobufSerde.TYPE_HEADER, text("brink.v1.RunEvent"));

    assertThat(parser.parse("brink.steps", headers, text(RUN), step.toByteArray()))
        .isInstanceOfSatisfying(
            Input.Unusable.class,
            unusable -> {
              assertThat(unusable.reason()).isEqualTo(RejectionReason.REJECTION_REASON_CORRUPT);
              assertThat(unusable.detail()).contains("send it to the topic of its type");
            });
  }

  @Test
  void value_thatIsEmpty_isSaidToBe() {
    assertThat(parse(Topic.STEPS, new byte[0]).detail()).contains("the value is empty", "send");
  }

  @Test
  void step_withUnknownFieldsOfANewerProducer_isAStep() {
    byte[] newer = step.toByteArray();
    byte[] longer = ByteBuffer.allocate(newer.length + 3).put(newer).put(field1000()).array();

    assertThat(parser.parse("brink.steps", new RecordHeaders(), text(RUN), longer))
        .isInstanceOf(Input.Step.class);
  }

  /** Field 1000, varint 1. */
  private static byte[] field1000() {
    return new byte[] {(byte) 0xc0, 0x3e, 1};
  }

  private void assertCorrupt(Topic topic, byte @Nullable [] value, String... words) {
    Input.Unusable unusable = parse(topic, value);
    assertThat(unusable.detail()).contains(words);
    assertThat(unusable.reason()).isEqualTo(RejectionReason.REJECTION_REASON_CORRUPT);
  }

  private Input.Unusable parse(Topic topic, byte @Nullable [] value) {
    Input input = parser.parse(topic.topicName(), new RecordHeaders(), text(RUN), value);
    assertThat(input).isInstanceOf(Input.Unusable.class);
    return (Input.Unusable) input;
  }

  private static byte[] frame(int schema, byte[] indexes, byte[] message) {
    return ByteBuffer.allocate(5 + indexes.length + message.length)
        .put((byte) 0)
        .putInt(schema)
        .put(indexes)
        .put(message)
        .array();
  }

  private static byte[] hex(int... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * Integer.BYTES);
    for (int word : words) {
      buffer.putInt(word);
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
