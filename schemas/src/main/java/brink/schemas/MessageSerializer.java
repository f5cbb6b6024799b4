package brink.schemas;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A protobuf message of any type as a Kafka value, with its type named in the header {@value
 * ProtobufSerde#TYPE_HEADER}: one producer serves all topics.
 */
public final class MessageSerializer implements Serializer<Message> {
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Message message) {
    return message == null ? null : message.toByteArray();
  }

  @Override
  public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Message message) {
    if (message != null) {
      // Kafka Streams hands the headers of the input record on to the output: replace, do not add.
      headers
          .remove(ProtobufSerde.TYPE_HEADER)
          .add(
              ProtobufSerde.TYPE_HEADER,
              message.getDescriptorForType().getFullName().getBytes(StandardCharsets.UTF_8));
    }
    return serialize(topic, message);
  }
}
