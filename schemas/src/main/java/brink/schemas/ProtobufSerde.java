package brink.schemas;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A protobuf message as a Kafka value. The record header {@value #TYPE_HEADER} names the message
 * type, so that a reader of any language knows what it holds; a reader here refuses a record whose
 * header names another type, and accepts one without the header.
 *
 * @param <T> message type
 */
public final class ProtobufSerde<T extends Message> implements Serde<T> {
  /**
   * Record header with the full name of the message type, for example {@code
   * brink.v1.StepObserved}.
   */
  public static final String TYPE_HEADER = "brink-type";

  private final Descriptor type;
  private final Parser<T> parser;
  private final byte[] typeName;

  ProtobufSerde(Descriptor type, Parser<T> parser) {
    this.type = type;
    this.parser = parser;
    this.typeName = type.getFullName().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  @SuppressWarnings("unchecked") // a serializer only consumes: one of any message takes every T
  public Serializer<T> serializer() {
    return (Serializer<T>) (Serializer<? super T>) new MessageSerializer();
  }

  @Override
  public Deserializer<T> deserializer() {
    return new MessageDeserializer();
  }

  private final class MessageDeserializer implements Deserializer<T> {
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
      if (bytes == null) {
        return null;
      }
      try {
        return parser.parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        throw new SerializationException(
            "%d bytes in %s are not a %s (%s); send the protobuf bytes of such a message and nothing around them"
                .formatted(bytes.length, topic, type.getFullName(), e.getMessage()),
            e);
      }
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
      Header header = headers.lastHeader(TYPE_HEADER);
      if (header != null && !Arrays.equals(header.value(), typeName)) {
        String found =
            header.value() == null ? "nothing" : new String(header.value(), StandardCharsets.UTF_8);
        throw new SerializationException(
            "record in %s says that it holds %s, but the topic holds %s; send it to the topic of its type"
                .formatted(topic, found, type.getFullName()));
      }
      return deserialize(topic, bytes);
    }
  }
}
