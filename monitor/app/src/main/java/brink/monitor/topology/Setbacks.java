package brink.monitor.topology;

import brink.v1.Rejected;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Input records that stopped the application, remembered over the replacement of its threads, so
 * that none stops it for ever. It is part of the configuration, because Kafka Streams makes its
 * exception handlers itself. Safe for use by several threads.
 */
final class Setbacks {
  /** Name in the configuration. */
  static final String CONFIG = "brink.setbacks";

  /** Each partition can have one at a time; older ones are over. */
  private static final int REMEMBERED = 1024;

  private final Map<At, Boolean> failed = recent();
  private final Map<At, Boolean> refused = recent();

  /** Those of an application; new ones where its configuration has none. */
  static Setbacks of(Map<String, ?> configs) {
    return configs.get(CONFIG) instanceof Setbacks setbacks ? setbacks : new Setbacks();
  }

  /**
   * Takes note that processing a record failed.
   *
   * @return whether it failed before
   */
  synchronized boolean failedAgain(String topic, int partition, long offset) {
    return failed.put(new At(topic, partition, offset), true) != null;
  }

  /** Takes note that Kafka refused a rejection for its size. */
  synchronized void refused(Rejected rejected) {
    refused.put(At.of(rejected), true);
  }

  /** The rejection in a form that Kafka takes: without key and value if it refused these before. */
  synchronized Rejected acceptable(Rejected rejected) {
    if (!refused.containsKey(At.of(rejected))) {
      return rejected;
    }
    return rejected.toBuilder()
        .clearKey()
        .clearValue()
        .setDetail(
            rejected.getDetail()
                + "; Kafka refused the rejection with the record in it, so read the record at its"
                + " own place, and raise max.message.bytes of brink.rejected")
        .build();
  }

  private static Map<At, Boolean> recent() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<At, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  private record At(String topic, int partition, long offset) {
    static At of(Rejected rejected) {
      return new At(rejected.getTopic(), rejected.getPartition(), rejected.getOffset());
    }
  }
}
