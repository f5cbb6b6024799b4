package brink.monitor.intake;

import java.nio.ByteBuffer;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they came, but of those beyond the topic's limit only one, so that a reader sees that
 * there were more.
 */
final class BoundedBytes implements Deserializer<byte[]> {
  private final PollBudget budget;
  private final ToIntFunction<String> limit;

  BoundedBytes(PollBudget budget, ToIntFunction<String> limit) {
    this.budget = budget;
    this.limit = limit;
  }

  @Override
  public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : bounded(topic, ByteBuffer.wrap(data));
  }

  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return data == null ? null : bounded(topic, data);
  }

  private byte[] bounded(String topic, ByteBuffer data) {
    byte[] bytes = new byte[Math.min(data.remaining(), limit.applyAsInt(topic) + 1)];
    budget.take(bytes.length);
    data.get(data.position(), bytes);
    return bytes;
  }
}
