package brink.monitor.topology;

import brink.schemas.Topic;
import brink.v1.RunEvent;
import brink.v1.RunEvent.EventCase;
import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.jspecify.annotations.Nullable;

/**
 * Orders records of one millisecond: a run's start before its steps, and its end after them.
 *
 * <p>Kafka Streams takes the oldest record among the heads of a task's partitions and leaves ties
 * open. A start therefore counts as one millisecond older than it is, an end as one younger; {@link
 * #undo} gives the record's own time back. A record without a valid time takes the newest time of
 * its partition, because an exception here would stop every run of the task.
 */
public final class EventOrder implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    long time = record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    if (!record.topic().equals(Topic.RUNS.topicName())) {
      return time;
    }
    return order(record.value() instanceof byte[] value ? value : null, time);
  }

  /** The time by which a record of {@code brink.runs} is ordered, milliseconds. */
  public static long order(byte @Nullable [] runEvent, long time) {
    return switch (event(runEvent)) {
      case STARTED -> Math.max(0, time - 1);
      case ENDED -> time + 1;
      case EVENT_NOT_SET -> time;
    };
  }

  /** The record's own time, milliseconds. */
  static long undo(Input input, long orderTime) {
    return switch (input) {
      case Input.Started _ -> orderTime + 1;
      case Input.Ended _ -> orderTime - 1;
      case Input.Step _, Input.Unusable _ -> orderTime;
    };
  }

  private static EventCase event(byte @Nullable [] value) {
    if (value == null) {
      return EventCase.EVENT_NOT_SET;
    }
    try {
      return RunEvent.parseFrom(value).getEventCase();
    } catch (InvalidProtocolBufferException e) {
      return EventCase.EVENT_NOT_SET;
    }
  }
}
