package brink.schemas;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How many brokers keep each record of a topic that is made.
 *
 * @param factor copies of each partition; 0 for as many as the cluster has brokers, three at most
 */
public record Replication(int factor) {
  /** Three copies outlive the loss of one broker during the maintenance of another. */
  private static final int MOST = 3;

  /** As many copies as the cluster has brokers, three at most. */
  public static final Replication AUTOMATIC = new Replication(0);

  public Replication {
    if (factor < 0 || factor > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "no topic has %d copies; it may have 1 to %d".formatted(factor, Short.MAX_VALUE));
    }
  }

  /** The same on a cluster of so many brokers, with its number of copies settled. */
  public Replication on(int brokers) {
    return factor == 0 ? new Replication(Math.clamp(brokers, 1, MOST)) : this;
  }

  /**
   * Copies that a record must have before it is acknowledged: two of three, so that no broker's
   * death takes an acknowledged record along; with fewer copies that would let the death of one
   * broker stop everything.
   */
  public int minInSync() {
    return factor >= MOST ? 2 : 1;
  }

  /** Topic-level settings that belong to it. */
  public Map<String, String> configs() {
    return Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInSync()));
  }
}
