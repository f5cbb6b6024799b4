package brink.monitor.topology;

import brink.monitor.log.LimitedLog;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
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
    Place place = new Place(context.topic(), context.partition(), context.offset());
    Rejected rejected =
        Origin.of(place, context.sourceRawKey(), context.sourceRawValue())
            .rejected(
                RejectionReason.REJECTION_REASON_MONITOR_FAILED,
                Output.monitorFailed(failure),
                "",
                null);
    RecordHeaders headers = new RecordHeaders();
    String topic = Topic.REJECTED.topicName();
    return new ProducerRecord<>(
        topic,
        null,
        null, // the topology's time orders records, and is none that could be kept
        rejected.getKey().toByteArray(),
        BrinkSerdes.rejected().serializer().serialize(topic, headers, rejected),
        headers);
  }
}
