package brink.monitor.intake;

import brink.schemas.Topic;
import java.util.HashMap;
import java.util.Map;

/**
 * The largest keys and values that are read whole, bytes. A topic's own limit counts compressed
 * batches, and some hundred bytes can hold many MiB: the same number counts here for what comes out
 * of them.
 */
public final class RecordLimits {
  /** A run id has at most 200 bytes; the rest is room to see what a foreign key is. */
  public static final int KEY_BYTES = 64 << 10;

  private static final Map<String, Integer> VALUE_BYTES = valueBytes();

  private RecordLimits() {}

  /** Whether a value is larger than a record of its topic can be without compression. */
  public static boolean isTooLarge(String topic, byte[] value) {
    return value.length > valueBytes(topic);
  }

  /** Bytes of the largest value of a topic; there is no limit for topics that are not Brink's. */
  public static int valueBytes(String topic) {
    return VALUE_BYTES.getOrDefault(topic, Integer.MAX_VALUE - 1);
  }

  private static Map<String, Integer> valueBytes() {
    Map<String, Integer> limits = new HashMap<>();
    Topic.all().forEach(topic -> limits.put(topic.topicName(), topic.maxMessageBytes()));
    return Map.copyOf(limits);
  }
}
