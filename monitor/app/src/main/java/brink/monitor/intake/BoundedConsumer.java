package brink.monitor.intake;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * A consumer of raw records that holds little of what is too large: keys and values are cut just
 * beyond their limits ({@link RecordLimits}), headers dropped but for the type, and a poll brings
 * {@value PollBudget#BYTES} bytes and one record at most.
 */
public final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {
  private final PollBudget budget;

  /** A consumer with these settings; its deserializers are its own. */
  public BoundedConsumer(Map<String, Object> settings) {
    this(settings, new PollBudget());
  }

  private BoundedConsumer(Map<String, Object> settings, PollBudget budget) {
    super(
        settings,
        new BoundedBytes(budget, _ -> RecordLimits.KEY_BYTES),
        new BoundedBytes(budget, RecordLimits::valueBytes));
    this.budget = budget;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    budget.refill();
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    records.forEach(record -> BoundedHeaders.trim(record.headers()));
    return records;
  }
}
