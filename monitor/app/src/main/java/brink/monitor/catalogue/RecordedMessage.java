package brink.monitor.catalogue;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** What a record of a topic says. */
public final class RecordedMessage {
  private RecordedMessage() {}

  /** The message; empty for a record that holds none, which is in brink.rejected, whole. */
  public static <T> Optional<T> of(Deserializer<T> values, ConsumerRecord<byte[], byte[]> record) {
    try {
      @Nullable T value = values.deserialize(record.topic(), record.headers(), record.value());
      return Optional.ofNullable(value);
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }
}
