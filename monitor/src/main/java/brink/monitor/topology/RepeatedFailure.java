package brink.monitor.topology;

import brink.monitor.log.LimitedLog;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What happens when a record makes the topology itself fail, outside the fold, which has its own
 * guard. The first time the transaction is aborted and the record read again, since it may be no
 * fault of the record. A record that fails again goes to {@code brink.rejected} and the others go
 * on. Failures of Kafka never count as the record's. It is public because Kafka Streams makes it.
 */
public final class RepeatedFailure implements ProcessingExceptionHandler {
  private static final LimitedLog LOG =
      new LimitedLog(LoggerFactory.getLogger(RepeatedFailure.class));

  private Setbacks setbacks = new Setbacks();

  @Override
  public void configure(Map<String, ?> configs) {
    setbacks = Setbacks.of(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception failure) {
    if (failure instanceof KafkaException
        || context.offset() < 0
        || !setbacks.failedAgain(context.topic(), context.partition(), context.offset())) {
      return Response.fail();
    }
    LOG.error(
        "records on which the topology failed twice",
        () ->
            "the monitor failed twice on %s-%d@%d; the record goes to brink.rejected"
                .formatted(context.topic(), context.partition(), context.offset()),
        failure);
    return Response.resume(List.of(rejection(context, failure)));
  }

  private static ProducerRecord<byte[], byte[]> rejection(
      ErrorHandlerContext context, Exception failure) {
    Rejected.Builder rejected =
        Rejected.newBuilder()
            .setTopic(context.topic())
            .setPartition(context.partition())
            .setOffset(context.offset())
            .setReason(RejectionReason.REJECTION_REASON_MONITOR_FAILED)
            .setDetail(Origin.detail(Output.monitorFailed(failure)));
    byte[] key = context.sourceRawKey();
    if (key != null) {
      rejected.setKey(Origin.key(key));
    }
    byte[] value = context.sourceRawValue();
    if (value != null) {
      rejected.setValue(Origin.value(value));
    }
    ByteString ownKey = rejected.getKey();
    RecordHeaders headers = new RecordHeaders();
    String topic = Topic.REJECTED.topicName();
    return new ProducerRecord<>(
        topic,
        null,
        context.timestamp(),
        ownKey.toByteArray(),
        BrinkSerdes.rejected().serializer().serialize(topic, headers, rejected.build()),
        headers);
  }
}
