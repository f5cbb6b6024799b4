package brink.monitor.intake;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The bytes that one poll may bring; for one thread. Kafka's own limits count compressed bytes, or
 * records; a batch of 1 MiB can hold gigabytes.
 *
 * <p>Kafka's consumer ends a poll's batch in front of a record whose deserializer throws, and
 * offers the record again with the next poll: that is how the rest is put off.
 */
final class PollBudget {
  /** Some ten records of the largest size, or tens of thousands of steps. */
  static final int BYTES = 16 << 20;

  private long left = BYTES;

  void refill() {
    left = BYTES;
  }

  /**
   * Takes the bytes of a key or value.
   *
   * @throws SerializationException if nothing is left; never for the first record after a refill
   */
  void take(int bytes) {
    if (left <= 0) {
      throw new SerializationException("this poll has brought enough; the next one goes on");
    }
    left -= bytes;
  }
}
